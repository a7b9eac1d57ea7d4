export { Consumer, type ConsumerOptions } from './consumer.js';
export {
  type EventContext,
  type Handler,
  type HandlersOf,
  handlersOf,
  type ReceivedEvent,
  Rejected,
  type Subscription,
} from './event.js';
export {
  type ConsumeOptions,
  connectKafka,
  type Delivery,
  type EventProducer,
  type IncomingMessage,
  type KafkaConnection,
  type KafkaOptions,
  type Membership,
  type OutgoingMessage,
} from './kafka.js';
export {
  type AnyNewEvent,
  EVENT_LIMIT,
  EventRefused,
  joined,
  type EventRefusalCode,
  type NewEvent,
  Outbox,
  outboxColumns,
  outboxInsert,
  type OutboxRow,
} from './outbox.js';
export { type ParkedMessage, ParkedMessages } from './parked.js';
export type { Clock, Logger, MessagingMetrics } from './ports.js';
export { Relay, type RelayOptions } from './relay.js';
export { backOff } from './signal.js';
