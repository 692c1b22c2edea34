/** How Chinese sounds, as far as a search needs it; loaded when somebody begins to type (`spelling.ts`). */
export type Spelling = {
  /** The syllables without tones, one for each character: `['shi', 'ye']` for 失业. */
  syllables(text: string): string[]
  /** True when letters are the syllables of a part of the text, or their beginnings: `sybx`, `shiye`. */
  sounds(text: string, letters: string): boolean
}

/** What can be found: the names it goes by, everyday words for it, and the words that explain it. */
export type Findable = {
  names: readonly string[]
  /** What its pages are called: of two that fit alike, its own name goes before them. */
  pages?: readonly string[]
  keywords?: readonly string[]
  summaries: readonly string[]
}

/**
 * How well something fits what was typed, from 5 (a name has the very words, or a keyword is one) to 1 (it sounds nearly so); 0 where it does not. What a name
 * begins with goes before what stands within it. Chinese may be typed as
 * it is written, by pinyin, by its initials, with characters left out, with wrong ones of the same sound, or with a slip in every five letters.
 * Without `spelling` only what is written counts.
 */
export function fitOf(
  { names, pages = [], keywords = [], summaries }: Findable,
  typed: string,
  spelling?: Spelling,
): number {
  const query = plain(typed)
  if (query === '') return 5
  const called = (name: string) => (says(name, query) ? 5 : fitOfName(plain(name), query, spelling))
  const fits = [...names.map(called), ...pages.map((page) => called(page) - 0.2)]
  const meant = keywords.map((keyword) => fitOfKeyword(plain(keyword), query, spelling))
  const explained = summaries.some((summary) => says(summary, query)) ? 3 : 0
  return Math.max(explained, ...fits, ...meant)
}

/** Everything that fits, the best first; of equals as they stood. */
export function search<Item>(
  items: readonly Item[],
  typed: string,
  findable: (item: Item) => Findable,
  spelling?: Spelling,
): Item[] {
  return items
    .map((item) => ({ item, fit: fitOf(findable(item), typed, spelling) }))
    .filter(({ fit }) => fit > 0)
    .toSorted((one, other) => other.fit - one.fit)
    .map(({ item }) => item)
}

/** What comes nearest where nothing fits: what shares most neighbouring syllables with what was typed; at most `limit`, none where nothing is shared. */
export function nearest<Item>(
  items: readonly Item[],
  typed: string,
  findable: (item: Item) => Findable,
  { spelling, limit }: { spelling: Spelling | undefined; limit: number },
): Item[] {
  const syllables = (text: string) => spelling?.syllables(plain(text)) ?? [...plain(text)]
  const asked = pairsOf(syllables(typed))
  const shared = (item: Item) => {
    const { names, pages = [], keywords = [] } = findable(item)
    const each = [...names, ...pages, ...keywords].map((name) => {
      const own = new Set(pairsOf(syllables(name)))
      return asked.filter((pair) => own.has(pair)).length
    })
    return Math.max(0, ...each)
  }
  return items
    .map((item) => ({ item, fit: shared(item) }))
    .filter(({ fit }) => fit > 0)
    .toSorted((one, other) => other.fit - one.fit)
    .slice(0, limit)
    .map(({ item }) => item)
}

function pairsOf(syllables: readonly string[]): string[] {
  return syllables.slice(1).map((syllable, index) => `${syllables[index]} ${syllable}`)
}

/** A keyword is a whole word: it is the query, begins it or is begun by it, or stands in what was typed as a sentence. */
function fitOfKeyword(keyword: string, query: string, spelling?: Spelling): number {
  if (keyword === query) return 5
  if (says(keyword, query)) return 4
  if (keyword.length > 1 && query.includes(keyword)) return 3.5
  if (!/\p{Script=Han}/u.test(keyword) || spelling === undefined) return 0
  return Math.min(fitOfName(keyword, query, spelling), 3)
}

function fitOfName(name: string, query: string, spelling?: Spelling): number {
  if (isInOrder(name, query) && /\p{Script=Han}/u.test(query)) return 4
  if (spelling === undefined) return 0
  const isLatin = /^[a-z0-9]+$/.test(query)
  if (isLatin && spelling.sounds([...name].slice(0, query.length).join(''), query)) return 4.5
  if (isLatin && spelling.sounds(name, query)) return 4
  const sound = spelling.syllables(name).join('')
  const asked = isLatin ? query : spelling.syllables(query).join('')
  // Some letters stand in many a syllable: by chance.
  if (asked.length >= lettersMeant && sound.includes(asked)) return 2
  const slips = Math.floor(asked.length / 5)
  return slips > 0 && slipsIn(sound, asked) <= slips ? 1 : 0
}

/** Fewer letters than these are a beginning of a word, or initials. */
const lettersMeant = 4

/** Whether a text has the words; letters that are few only where a word begins with them. */
function says(text: string, query: string): boolean {
  if (!/^[a-z0-9]+$/.test(query) || query.length >= lettersMeant) return plain(text).includes(query)
  return text
    .normalize('NFKC')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .some((word) => word.startsWith(query))
}

/** Without case, width, spaces and marks: what people leave out or add without meaning to. */
function plain(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s\p{P}]/gu, '')
}

function isInOrder(name: string, query: string): boolean {
  let from = 0
  for (const character of query) {
    const at = name.indexOf(character, from)
    if (at < 0) return false
    from = at + character.length
  }
  return true
}

/** The fewest letters to change, add or leave out until the query is a part of the text (Sellers 1980). */
function slipsIn(text: string, query: string): number {
  let previous = Array.from({ length: text.length + 1 }, () => 0)
  for (const [row, letter] of [...query].entries()) {
    const current = [row + 1]
    for (const [column, other] of [...text].entries()) {
      const changed = (previous[column] ?? 0) + (letter === other ? 0 : 1)
      current.push(Math.min(changed, (previous[column + 1] ?? 0) + 1, (current[column] ?? 0) + 1))
    }
    previous = current
  }
  return Math.min(...previous)
}
