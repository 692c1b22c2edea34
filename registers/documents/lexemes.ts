import { simplifiedForms } from './simplified-forms.ts'

/** A character as it is searched for, with the place in the text where it comes from. */
export type Letter = { letter: string; at: number }

/** What is looked up in the index. `position` counts letters, from 0; `isWord`: stands within one word, and does not merely run across two. */
type Token = { lexeme: string; position: number; isWord: boolean }

const han = /\p{Script=Han}/u
const alphanumeric = /[\p{L}\p{N}]/u
const segmenter = new Intl.Segmenter('zh', { granularity: 'word' })
// The index numbers no place beyond this; what lies further is found, but not as a phrase.
const positionMax = 16_383
const titleGap = 16

/**
 * The letters of a text: full width made half, traditional made simplified, capitals made small, spaces left out, which are set by chance between
 * digits and Chinese characters.
 */
export function lettersOf(text: string): Letter[] {
  const letters: Letter[] = []
  let at = 0
  for (const character of text) {
    for (const part of character.normalize('NFKC').toLowerCase()) {
      if (!/\s/.test(part)) letters.push({ letter: simplifiedForms.get(part) ?? part, at })
    }
    at += character.length
  }
  return letters
}

function normalText(text: string): string {
  return lettersOf(text)
    .map(({ letter }) => letter)
    .join('')
}

function wordsOf(normal: string): string[] {
  const words: string[] = []
  let lastEnd = -1
  let wasOne = false
  for (const { segment, index, isWordLike } of segmenter.segment(normal)) {
    if (!isWordLike) continue
    // A word that the dictionary does not know falls apart into single characters; in a row they are one.
    const isOne = isOneHan(segment)
    if (isOne && wasOne && lastEnd === index) words.push((words.pop() ?? '') + segment)
    else words.push(segment)
    lastEnd = index + segment.length
    wasOne = isOne
  }
  return words
}

/**
 * The value of the column that is searched (`tsvector`): of every run of Chinese characters any two neighbours, and its last one alone; other words
 * whole. So any piece of the text is found, wherever words are cut; what stands within one word weighs more (B over D), and more still in the
 * title (A over C).
 */
export function searchIndexOf(text: string, title: string): string {
  const titleTokens = tokensOf(title)
  const offset = normalText(title).length + titleGap
  const entries = [
    ...titleTokens.map(({ lexeme, position, isWord }) => entryOf(lexeme, position, isWord ? 'A' : 'C')),
    ...tokensOf(text).map(({ lexeme, position, isWord }) => entryOf(lexeme, position + offset, isWord ? 'B' : 'D')),
  ]
  return entries.join(' ')
}

function entryOf(lexeme: string, position: number, weight: string): string {
  return `'${lexeme}':${Math.min(position + 1, positionMax)}${weight}`
}

function tokensOf(text: string): Token[] {
  const letters = [...normalText(text)]
  const words = wordNumbers(letters.join(''))
  const tokens: Token[] = []
  for (let position = 0; position < letters.length; position += 1) {
    const letter = letters[position] ?? ''
    const next = letters[position + 1] ?? ''
    if (han.test(letter)) {
      const isPair = han.test(next)
      const isWord = !isPair || words[position] === words[position + 1]
      tokens.push({ lexeme: isPair ? letter + next : letter, position, isWord })
    } else if (alphanumeric.test(letter)) {
      const [word = letter] = /^[\p{L}\p{N}]+/u.exec(beforeHan(letters, position)) ?? []
      tokens.push({ lexeme: word, position, isWord: true })
      position += [...word].length - 1
    }
  }
  return tokens
}

function beforeHan(letters: readonly string[], from: number): string {
  const end = letters.findIndex((letter, index) => index > from && han.test(letter))
  return letters.slice(from, end === -1 ? undefined : end).join('')
}

/** For each letter the number of the word that it stands in. */
function wordNumbers(normal: string): number[] {
  return [...segmenter.segment(normal)].flatMap(({ segment }, number) => [...segment].map(() => number))
}

/** The terms of a query: what stands in quotation marks as it is, everything else word by word. Empty where there is nothing to search for. */
export function termsOf(query: string): string[] {
  const phrases: string[] = []
  const rest = query.replaceAll(/["“「『]([^"”」』]*)["”」』]/g, (_, phrase: string) => {
    phrases.push(normalText(phrase))
    return ' '
  })
  const words = rest.split(/\s+/).flatMap((part) => wordsOf(normalText(part)))
  return [...new Set([...phrases, ...words])].filter((term) => tokensOf(term).length > 0)
}

/**
 * The condition on the index (`tsquery`): each term's tokens at the distances at which they stand in it. A term of one Chinese character or of
 * letters that may go on is looked for as a beginning.
 */
export function tsqueryOf(terms: readonly string[]): string {
  return terms.map((term) => `(${phraseOf(term)})`).join(' & ')
}

function phraseOf(term: string): string {
  // The last character of a run is in the index alone only where the text's run ends too; the pair before it says it already.
  const tokens = tokensOf(term).filter(({ lexeme, position }, index, all) => {
    const before = all[index - 1]
    return !(isOneHan(lexeme) && before?.position === position - 1 && han.test(before.lexeme))
  })
  const parts = tokens.map(({ lexeme, position }, index) => {
    const before = tokens[index - 1]
    const joint = before ? ` <${position - before.position}> ` : ''
    const mayGoOn = isOneHan(lexeme) || (index === tokens.length - 1 && /^\p{L}+$/u.test(lexeme) && !han.test(lexeme))
    return `${joint}'${lexeme}'${mayGoOn ? ':*' : ''}`
  })
  return parts.join('')
}

function isOneHan(lexeme: string): boolean {
  return [...lexeme].length === 1 && han.test(lexeme)
}
