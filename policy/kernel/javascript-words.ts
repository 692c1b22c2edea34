import { type Atom, constantArray, named, setOf, type Writing } from './javascript-writing.ts'

/** Words whose codes fit the bits of one integer. */
const BITS = 32

/** The code that stands for a word that the other side does not know. */
const FOREIGN = -1

/** The atom with codes that stand for `words`; a word that is not among them becomes -1. */
export function inWords(writing: Writing, atom: Atom, words: readonly string[]): Atom {
  const own = wordsOf(atom)
  if (own.every((word, code) => words[code] === word)) return { ...atom, words }
  if (isFigure(atom)) return { text: String(words.indexOf(own[Number(atom.text)] ?? '')), isInt: true, words }
  const codes = Int32Array.from({ length: powerOfTwo(own.length) }, (_, code) => {
    const word = own[code]
    return word === undefined ? FOREIGN : words.indexOf(word)
  })
  const table = constantArray(writing, codes)
  return named(writing, `${table}[${atom.text} & ${codes.length - 1}]`, { isInt: true, words })
}

/** The words of two atoms, those of the first first, so that its codes stay as they are. */
export function joinedWords(a: Atom, b: Atom): readonly string[] {
  return [...new Set([...wordsOf(a), ...wordsOf(b)])]
}

/** The words that the codes of an atom stand for. @throws TypeError when it is no word */
export function wordsOf({ words }: Atom): readonly string[] {
  if (words === undefined) throw new TypeError('the IR uses something as a word that is none')
  return words
}

/** 1 when the word is among the options of the row's set (there is one list for each set, or one for all), else 0. */
export function isAmong(writing: Writing, atom: Atom, optionsOfSets: readonly (readonly string[])[]): string {
  const words = wordsOf(atom)
  if (words.length > BITS) return isInTable(writing, atom, optionsOfSets)
  const masks = optionsOfSets.map((options) => {
    return words.reduce((mask, word, code) => (options.includes(word) ? mask | (1 << code) : mask), 0)
  })
  const mask =
    masks.length === 1 ? String(masks[0]) : `${constantArray(writing, Int32Array.from(masks))}[${setOf(writing)}]`
  return `((${mask} >>> ${atom.text}) & 1)`
}

function isInTable(writing: Writing, atom: Atom, optionsOfSets: readonly (readonly string[])[]): string {
  const words = wordsOf(atom)
  const size = powerOfTwo(words.length)
  const flags = new Uint8Array(size * optionsOfSets.length)
  optionsOfSets.forEach((options, set) => {
    words.forEach((word, code) => {
      flags[set * size + code] = options.includes(word) ? 1 : 0
    })
  })
  const start = optionsOfSets.length === 1 ? '' : `${setOf(writing)} * ${size} + `
  return `${constantArray(writing, flags)}[${start}(${atom.text} & ${size - 1})]`
}

/** The least power of two that is not less: a table of that length can be read with a masked index and is never read past its end. */
export function powerOfTwo(length: number): number {
  return 2 ** Math.ceil(Math.log2(Math.max(1, length)))
}

function isFigure({ text }: Atom): boolean {
  return /^-?\d+$/.test(text)
}
