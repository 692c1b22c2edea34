/** The door of `exchange`: what one region says to another and can prove it said. Knows no service by name. */

export { askAgain } from './again.ts'
export {
  type Alert,
  type AlertKind,
  acknowledgeAlert,
  alertKinds,
  openAlerts,
} from './alert.ts'
export { canonicalJson } from './canonical.ts'
export type { Directory, DirectoryKey, DirectoryRegion, SignedDirectory } from './directory.ts'
export type { Envelope, EnvelopeVersion } from './envelope.ts'
export { exportEvidence, findEvidence, type MessageKey } from './evidence.ts'
export { checkEvidence, type EvidenceCheck } from './evidence-check.ts'
export {
  type EvidenceFinding,
  type EvidenceVerification,
  type ProvenMessage,
  verifyEvidence,
} from './evidence-verification.ts'
export { createExchange, type Exchange, type ExchangeParts } from './exchange.ts'
export { defineHandler, type MessageHandler, type ReceivedMessage, type RememberedMessage } from './handler.ts'
export { inboxLimits, prepareInboxes } from './jetstream-inboxes.ts'
export { type ExchangeLogin, exchangeLoginOf, makeExchangeLogin } from './jetstream-login.ts'
export {
  findNatsServer,
  isNatsServerReady,
  type NatsServerPlace,
  type NatsUsers,
  natsAccounts,
  natsServerConfiguration,
} from './jetstream-servers.ts'
export { createJetStreamTransport, type JetStreamTransport } from './jetstream-transport.ts'
export { fingerprintOf, keyOfPem, schemaPublicKey } from './key.ts'
export {
  confirmKeyChange,
  type Enrolment,
  type KeyChange,
  proposeKey,
  proposeRevocation,
  waitingKeyChanges,
} from './key-change.ts'
export type { KeyOf } from './key-ring.ts'
export { findNewestDirectory, type KeyStore } from './key-store.ts'
export { exchangeMigrations } from './migrations.ts'
export { type MessageSpec, sendMessage } from './outbox.ts'
export { rotateKey } from './rotation.ts'
export {
  type ExchangeStatus,
  exchangeStatus,
  failedMessages,
  type MessageRecord,
  messagesAbout,
  type PartnerStatus,
} from './status.ts'
export type { DeliveryState, HandlingState } from './tables.ts'
export {
  createInProcessTransport,
  type InProcessTransport,
  type Receipt,
  type Receive,
  type Transport,
} from './transport.ts'
