import type { Receive, Transport } from '../exchange/door.ts'
import { OperatingFailure } from '../ground/door.ts'

/** A message under way. `no` counts the letters of a story. */
export type Letter = { no: number; from: string; to: string; kind: string; bytes: Uint8Array }

/**
 * What becomes of a letter: it arrives and is answered; it is lost; it arrives and its answer is lost; it arrives twice; it is kept on the way
 * (the sender hears nothing) and arrives later, perhaps after younger ones.
 */
export type Fate = 'arrives' | 'lost' | 'answer_lost' | 'twice' | 'kept'

type LetterListener = (letter: Letter, fate: string, error?: unknown) => void

/** The network between the regions of one story, as good or bad as it is told to be. */
export type Network = {
  /** What a region sends by and listens on. */
  transportOf(region: string): Transport
  /** Decides what becomes of the letters from now on. */
  setWeather(fateOf: (letter: Letter) => Fate): void
  /** Nobody hears a region that is cut off, and it hears nobody. */
  cut(region: string): void
  mend(region: string): void
  isCut(region: string): boolean
  /** Letters kept on the way. */
  kept(): readonly Letter[]
  /** Every letter that was ever sent, for one to arrive again. */
  sent(): readonly Letter[]
  /** A letter arrives (again), whenever it was sent. */
  arrive(letter: Letter): Promise<void>
  /** Told of every letter and what became of it; with an error where it arrived and could not be taken. */
  onLetter(listener: LetterListener): void
  /** Forgets everything; every region stays connected. */
  reset(): void
}

/** A network on which everything arrives until it is told otherwise. */
export function createNetwork(): Network {
  const receivers = new Map<string, Receive>()
  const cutOff = new Set<string>()
  const sentLetters: Letter[] = []
  const keptLetters = new Set<Letter>()
  let fateOf: (letter: Letter) => Fate = () => 'arrives'
  let tell: LetterListener = () => {}

  async function receive(letter: Letter) {
    const receiver = receivers.get(letter.to)
    if (!receiver) throw unreachable(letter.to)
    try {
      return await receiver(Uint8Array.from(letter.bytes))
    } catch (error) {
      tell(letter, 'not taken', error)
      throw new OperatingFailure('partner_failed', { region: letter.to }, { cause: error })
    }
  }

  async function send(letter: Letter) {
    if (cutOff.has(letter.from) || cutOff.has(letter.to)) {
      tell(letter, 'unreachable')
      throw unreachable(letter.to)
    }
    sentLetters.push(letter)
    const fate = fateOf(letter)
    tell(letter, fate)
    if (fate === 'lost') throw unreachable(letter.to)
    if (fate === 'kept') {
      keptLetters.add(letter)
      throw unreachable(letter.to)
    }
    const receipt = await receive(letter)
    if (fate === 'twice') await receive(letter)
    if (fate === 'answer_lost') throw unreachable(letter.to)
    return receipt
  }

  return {
    transportOf: (from) => ({
      send: (to, bytes) =>
        send({ no: sentLetters.length + 1, from, to, kind: kindOf(bytes), bytes: Uint8Array.from(bytes) }),
      listen(region, receiver) {
        receivers.set(region, receiver)
        return () => receivers.delete(region)
      },
    }),
    setWeather(next) {
      fateOf = next
    },
    cut: (region) => cutOff.add(region),
    mend: (region) => cutOff.delete(region),
    isCut: (region) => cutOff.has(region),
    kept: () => [...keptLetters],
    sent: () => sentLetters,
    async arrive(letter) {
      keptLetters.delete(letter)
      await receive(letter)
    },
    onLetter(listener) {
      tell = listener
    },
    reset() {
      cutOff.clear()
      keptLetters.clear()
      sentLetters.length = 0
      fateOf = () => 'arrives'
    },
  }
}

function unreachable(region: string): OperatingFailure {
  return new OperatingFailure('partner_unreachable', { region })
}

/** What a letter is about, for people who read the trace; whatever its format. */
function kindOf(bytes: Uint8Array): string {
  return /"kind":"([a-z-]+\.[^"]+)"/.exec(new TextDecoder().decode(bytes))?.[1] ?? '?'
}
