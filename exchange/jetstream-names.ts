/** A region's inbox in JetStream: what others have said to it and it has not taken yet. */
export function inboxStream(region: string): string {
  return `INBOX_${region}`
}

/** The durable consumer of an inbox; all processes of a region share it, so each message goes to one of them. */
export const inboxConsumer = 'node'

/**
 * The subject of one message. Its last part is the message's id, the SM3 of its bytes, so that a copy sent again takes the place of the one
 * that rests in the inbox. Who may publish is held by the second last part.
 */
export function messageSubject(message: { to: string; from: string; id: string }): string {
  return `tongban.message.${message.to}.${message.from}.${message.id}`
}

/** The subject on which `from` answers the message `id` that `to` sent. Not kept: whoever misses it sends the message again. */
export function receiptSubject(receipt: { to: string; from: string; id: string }): string {
  return `tongban.receipt.${receipt.to}.${receipt.from}.${receipt.id}`
}

/** The subject on which a region that listens answers that it does. */
export function presenceSubject(region: string): string {
  return `tongban.present.${region}`
}

/** The beginning of the subjects on which the servers answer a region; nobody else may listen there. */
export function answerPrefix(region: string): string {
  return `_INBOX_${region}`
}

/** Sender and id, as the subject of a message or a receipt tells them. */
export function readSubject(subject: string): { from: string; id: string } {
  const [, , , from = '', id = ''] = subject.split('.')
  return { from, id }
}
