import { joinMessages, type Messages, type NamedMessages, readMessages, wordingConflicts } from '../ground/door.ts'
import type { ServiceRules } from './services.ts'

const rooms = [
  'ground',
  'policy',
  'law',
  'people',
  'registers',
  'cases',
  'ledger',
  'exchange',
  'benefits',
  'certificates',
  'reviews',
  'server',
]

/**
 * The sentences that an answer may need by their code alone: those of all rooms and the codes of all services. A code that two of them word
 * differently is a broken invariant. A service's labels (`facts.paidFen`) are its own and left out.
 */
export function houseMessages(services: readonly ServiceRules[] = []): Messages {
  return joinMessages(setsOfHouse(services))
}

/** What `houseMessages` would break at, one line each: which code, in which language, of which room or service. */
export function houseConflicts(services: readonly ServiceRules[]): string[] {
  return wordingConflicts(setsOfHouse(services))
}

function setsOfHouse(services: readonly ServiceRules[]): NamedMessages[] {
  return [
    ...rooms.map((name) => ({ name, messages: readMessages(new URL(`../${name}/`, import.meta.url)) })),
    ...services.map(({ id, rulebook }) => ({ name: id, messages: onlyCodes(rulebook.messages) })),
  ]
}

function onlyCodes({ zh, en }: Messages): Messages {
  const codesOf = (sentences: ReadonlyMap<string, string>) =>
    new Map([...sentences].filter(([key]) => /^[^.]+(\.advice)?$/.test(key)))
  return { zh: codesOf(zh), en: codesOf(en) }
}
