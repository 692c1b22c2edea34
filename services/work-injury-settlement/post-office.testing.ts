import type { Receive, Transport } from '../../exchange/door.ts'

/** A message on its way, and whether it was taken at least once. */
export type Letter = { to: string; bytes: Uint8Array; isTaken: boolean }

/** A transport that keeps every message; a test delivers them, as often and in the order it likes. */
export type PostOffice = {
  transport: Transport
  letters: readonly Letter[]
  waiting(): Letter[]
  /** Delivers a letter once more. Rejects where it could not be taken now. */
  deliver(letter: Letter): Promise<void>
}

/** See `PostOffice`. */
export function createPostOffice(): PostOffice {
  const receivers = new Map<string, Receive>()
  const letters: Letter[] = []
  return {
    transport: {
      async send(to, bytes) {
        letters.push({ to, bytes: Uint8Array.from(bytes), isTaken: false })
        return 'taken'
      },
      listen(region, receive) {
        receivers.set(region, receive)
        return () => receivers.delete(region)
      },
    },
    letters,
    waiting: () => letters.filter(({ isTaken }) => !isTaken),
    async deliver(letter) {
      const receipt = await receivers.get(letter.to)?.(letter.bytes)
      letter.isTaken ||= receipt === 'taken'
    },
  }
}
