/** How Chinese sounds, as far as a search needs it; loaded when somebody begins to type (`spelling.ts`). */
export type Spelling = {
  /** The syllables without tones, one for each character: `['shi', 'ye']` for 失业. */
  syllables(text: string): string[]
  /** True when letters are the syllables of a part of the text, or their beginnings: `sybx`, `shiye`. */
  sounds(text: string, letters: string): boolean
}

/** What can be found: the names it goes by, everyday words for it, and the words that explain it. */
export type Findable = { names: readonly string[]; keywords?: readonly string[]; summaries: readonly string[] }

/**
 * How well something fits what was typed, from 5 (a name has the very words, or a keyword is one) to 1 (it sounds nearly so); 0 where it does not. What a name
 * begins with goes before what stands within it. Chinese may be typed as
 * it is written, by pinyin, by its initials, with characters left out, with wrong ones of the same sound, or with a slip in every five letters.
 * Without `spelling` only what is written counts.
 */
export function fitOf({ names, keywords = [], summaries }: Findable, typed: string, spelling?: Spelling): number {
  const query = plain(typed)
  if (query === '') return 5
  const fits = names.map((name) => fitOfName(plain(name), query, spelling))
  const meant = keywords.map((keyword) => fitOfKeyword(plain(keyword), query, spelling))
  const explained = summaries.some((summary) => plain(summary).includes(query)) ? 3 : 0
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

/** What comes nearest where nothing fits: what shares most characters, or syllables, with what was typed; at most `limit`, none where nothing is shared. */
export function nearest<Item>(
  items: readonly Item[],
  typed: string,
  findable: (item: Item) => Findable,
  { spelling, limit }: { spelling: Spelling | undefined; limit: number },
): Item[] {
  const query = plain(typed)
  const isLatin = /^[a-z0-9]+$/.test(query)
  const asked = isLatin || spelling === undefined ? pairsOf(query) : pairsOf(spelling.syllables(query).join(''))
  const shared = (item: Item) => {
    const { names, keywords = [] } = findable(item)
    const each = [...names, ...keywords].map((name) => {
      const sound = spelling === undefined ? plain(name) : spelling.syllables(plain(name)).join('')
      const own = new Set(pairsOf(sound))
      return asked.filter((pair) => own.has(pair)).length
    })
    return Math.max(0, ...each)
  }
  // Half of what was typed must be found again: a chance likeness helps nobody.
  const least = Math.max(2, Math.ceil(asked.length / 2))
  return items
    .map((item) => ({ item, fit: shared(item) }))
    .filter(({ fit }) => fit >= least)
    .toSorted((one, other) => other.fit - one.fit)
    .slice(0, limit)
    .map(({ item }) => item)
}

function pairsOf(text: string): string[] {
  return [...text].slice(1).map((letter, index) => `${[...text][index]}${letter}`)
}

/** A keyword is a whole word: it is the query, begins it or is begun by it, or stands in what was typed as a sentence. */
function fitOfKeyword(keyword: string, query: string, spelling?: Spelling): number {
  if (keyword === query) return 5
  if (keyword.includes(query)) return 4
  if (keyword.length > 1 && query.includes(keyword)) return 3.5
  if (!/\p{Script=Han}/u.test(keyword) || spelling === undefined) return 0
  return Math.min(fitOfName(keyword, query, spelling), 3)
}

function fitOfName(name: string, query: string, spelling?: Spelling): number {
  if (name.includes(query)) return 5
  if (isInOrder(name, query) && /\p{Script=Han}/u.test(query)) return 4
  if (spelling === undefined) return 0
  const isLatin = /^[a-z0-9]+$/.test(query)
  if (isLatin && spelling.sounds([...name].slice(0, query.length).join(''), query)) return 4.5
  if (isLatin && spelling.sounds(name, query)) return 4
  const sound = spelling.syllables(name).join('')
  const asked = isLatin ? query : spelling.syllables(query).join('')
  if (sound.includes(asked)) return 2
  const slips = Math.floor(asked.length / 5)
  return slips > 0 && slipsIn(sound, asked) <= slips ? 1 : 0
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
