import { lettersOf } from './lexemes.ts'

/** A piece of a text; `isHit` where it is what was searched for. */
export type ExcerptPiece = { text: string; isHit: boolean }

const lengthMax = 120
const lead = 24

/**
 * The piece of a text around the first place where a term stands, with every place in it marked; from the beginning where none does (they stand in
 * the title). Terms are normal texts, as of `termsOf`.
 */
export function excerptOf(text: string, terms: readonly string[]): ExcerptPiece[] {
  const hits = hitsIn(text, terms)
  const firstAt = hits[0]?.[0] ?? 0
  const start = firstAt <= lead ? 0 : firstAt - lead
  const end = Math.min(text.length, start + lengthMax)
  const pieces: ExcerptPiece[] = start > 0 ? [{ text: '…', isHit: false }] : []
  let at = start
  for (const [from, to] of hits) {
    if (from >= end) break
    if (from > at) pieces.push({ text: text.slice(at, from), isHit: false })
    pieces.push({ text: text.slice(from, Math.min(to, end)), isHit: true })
    at = Math.min(to, end)
  }
  if (at < end) pieces.push({ text: text.slice(at, end), isHit: false })
  if (end < text.length) pieces.push({ text: '…', isHit: false })
  return pieces
}

/** Where terms stand in a text, from the first character to behind the last, in order and without overlap. */
function hitsIn(text: string, terms: readonly string[]): Array<[number, number]> {
  const letters = lettersOf(text)
  const normal = letters.map(({ letter }) => letter)
  const starts = terms.flatMap((term) => placesOf(normal, [...term]))
  const hits: Array<[number, number]> = []
  for (const [first, length] of starts.sort((one, other) => one[0] - other[0])) {
    const from = letters[first]?.at ?? 0
    const to = letters[first + length]?.at ?? text.length
    const last = hits.at(-1)
    if (last && from <= last[1]) last[1] = Math.max(last[1], to)
    else hits.push([from, to])
  }
  return hits
}

function placesOf(normal: readonly string[], term: readonly string[]): Array<[number, number]> {
  return normal.flatMap(
    (_, index): Array<[number, number]> =>
      term.every((letter, offset) => normal[index + offset] === letter) ? [[index, term.length]] : [],
  )
}
