/** The IOPub socket: a subscription counts from the moment that we say so. */
import { XPublisher } from "zeromq";

// Socket options of libzmq that zeromq.js gives no name on a publisher.
const ZMQ_SUBSCRIBE = 6;
const ZMQ_UNSUBSCRIBE = 7;

/** `linger`: how long messages may still be on their way out after closing, in milliseconds. */
export class Publisher extends XPublisher {
  constructor(linger: number) {
    // Nothing is dropped, and every subscription is told, also the second one of the same topic.
    super({ sendHighWaterMark: 0, linger, verbosity: "allSubsUnsubs" });
    // Otherwise a message could reach a new subscriber before its welcome does.
    this.manual = true;
  }

  /** Lets the subscriber whose wish was received last hear a topic from now on. */
  accept(topic: Buffer): void {
    this.setStringOption(ZMQ_SUBSCRIBE, topic);
  }

  /** Ends a topic for the subscriber whose wish was received last. */
  drop(topic: Buffer): void {
    this.setStringOption(ZMQ_UNSUBSCRIBE, topic);
  }
}
