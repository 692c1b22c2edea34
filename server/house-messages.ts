import { joinMessages, type Messages, readMessages } from '../ground/door.ts'
import type { ServiceRules } from './services.ts'

const rooms = ['ground', 'policy', 'law', 'people', 'registers', 'cases', 'ledger', 'exchange', 'benefits', 'server']

/**
 * The sentences that an answer may need by their code alone: those of all rooms and the codes of all services. A code that two of them define
 * differently is a broken invariant. A service's labels (`facts.paidFen`) are its own and left out.
 */
export function houseMessages(services: readonly ServiceRules[] = []): Messages {
  const ofRooms = rooms.map((room) => readMessages(new URL(`../${room}/`, import.meta.url)))
  return joinMessages([...ofRooms, ...services.map(({ rulebook }) => onlyCodes(rulebook.messages))])
}

/**
 * Codes that two services, or a service and a room, word differently, one line each: which code, in which language, and which service. A server
 * does not start with them, since an answer is told by its code alone.
 */
export function wordingConflicts(services: readonly ServiceRules[]): string[] {
  const house = houseMessages()
  const first = { zh: new Map(house.zh), en: new Map(house.en) }
  return services.flatMap(({ id, rulebook }) =>
    (['zh', 'en'] as const).flatMap((language) =>
      [...codesOf(rulebook.messages[language])].flatMap(([code, sentence]) => {
        const known = first[language].get(code)
        first[language].set(code, known ?? sentence)
        const differs = known !== undefined && known !== sentence
        return differs
          ? [`${id}: messages.${language}.yaml words ${code} otherwise than another that has it: ${known}`]
          : []
      }),
    ),
  )
}

function onlyCodes({ zh, en }: Messages): Messages {
  return { zh: codesOf(zh), en: codesOf(en) }
}

function codesOf(sentences: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  return new Map([...sentences].filter(([key]) => /^[^.]+(\.advice)?$/.test(key)))
}
