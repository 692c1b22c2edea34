import { lettersOf } from '../../registers/door.ts'

/** A message as it is searched: its letters in one line, for each the place in the message it stands at, and where a clause ends. */
export type MessageText = {
  normal: string
  /** By UTF-16 unit of `normal`: the offset in the message. */
  places: number[]
  /** Offsets in `normal` at which a new clause begins. */
  clauseStarts: ReadonlySet<number>
}

const han = /\p{Script=Han}/u
const clauseEnd = /[。!?;,\n]/
/** Marks set between or upon letters to get past a search: they carry no meaning between Chinese characters. */
const invisible = /[\p{Cf}\p{M}\p{So}\p{Sk}\p{Co}]/u
const decoration = /[.·•‧∙*_\-|~+^=/\\'"`#…—]/u

/** Letters of other alphabets that look like Latin ones, and of Chinese that stand for others in messages of this kind. */
const lookalikes = new Map(
  Object.entries({
    ...{ а: 'a', е: 'e', о: 'o', р: 'p', с: 'c', у: 'y', х: 'x', і: 'i', ѕ: 's', ԛ: 'q', ԝ: 'w', һ: 'h' },
    ...{ ο: 'o', α: 'a', ρ: 'p', ν: 'v', χ: 'x', ニ: '二' },
  }),
)

/**
 * Makes a message searchable: full width made half, traditional forms simplified, capitals small, spaces and line breaks within words, invisible
 * marks and decoration between Chinese characters left out, lookalikes put right.
 */
export function messageText(message: string): MessageText {
  const letters = message.split('\n').flatMap((line, index, lines) => {
    const begins = lines.slice(0, index).reduce((sum, { length }) => sum + length + 1, 0)
    return lettersOf(line).map(({ letter, at }, place) => ({
      letter: lookalikes.get(letter) ?? letter,
      at: begins + at,
      isFirst: place === 0 && index > 0,
    }))
  })
  const visible = letters.filter(({ letter }) => !invisible.test(letter))
  const kept = visible.filter(
    ({ letter }, index) => !(decoration.test(letter) && isHan(before(visible, index)) && isHan(after(visible, index))),
  )
  const places: number[] = []
  const clauseStarts = new Set([0])
  let normal = ''
  for (const { letter, at, isFirst } of kept) {
    if (isFirst) clauseStarts.add(normal.length)
    for (let unit = 0; unit < letter.length; unit++) places.push(at)
    normal += letter
    if (clauseEnd.test(letter)) clauseStarts.add(normal.length)
  }
  return { normal, places, clauseStarts }
}

type Letters = ReadonlyArray<{ letter: string }>

function before(letters: Letters, index: number): string {
  return letters.slice(0, index).findLast(({ letter }) => !decoration.test(letter))?.letter ?? ''
}

function after(letters: Letters, index: number): string {
  return letters.slice(index + 1).find(({ letter }) => !decoration.test(letter))?.letter ?? ''
}

function isHan(letter: string): boolean {
  return han.test(letter)
}
