import { type MessageText, messageText } from './message-text.ts'
import type { SignData } from './sign-data.ts'

/** The months in which a settlement is made (M3.02), both inclusive. */
export type SettlementWindow = { firstMonth: number; lastMonth: number }

/** A part of the message as it was pasted: from its first to behind its last UTF-16 unit. */
export type Place = { from: number; to: number }

/** A warning sign and the words that show it. */
export type FoundSign = { sign: string; places: Place[] }

/** A stretch of the normalised text. */
type Hit = { start: number; end: number }

/** The warning signs of a message (M3.01), in the order of the data, and the sites it leads to. Pure: nothing is kept. */
export function checkMessage(
  message: string,
  data: SignData,
  window: SettlementWindow,
): { signs: FoundSign[]; hosts: string[] } {
  const text = messageText(message)
  const hosts = hostsOf(text)
  const found: Array<[string, Hit[]]> = [
    ...data.signs
      .filter(({ about }) => about === undefined || text.normal.search(about) >= 0)
      .map(({ id, patterns, groups }): [string, Hit[]] => [
        id,
        unlessWarned(text, data, [...patterns.flatMap((each) => hitsOf(text, each)), ...groupHits(text, groups)]),
      ]),
    ['window_outside', windowHits(text, data, window)],
    ['wrong_document_number', noticeHits(text, data)],
    ['authority_link_mismatch', authorityHits(text, data, hosts)],
  ]
  return {
    signs: found.filter(([, hits]) => hits.length > 0).map(([sign, hits]) => ({ sign, places: placesOf(text, hits) })),
    hosts: [...new Set(hosts.map(({ host }) => host))],
  }
}

function hitsOf({ normal }: MessageText, pattern: RegExp): Hit[] {
  return [...normal.matchAll(pattern)].map(({ index, 0: { length } }) => ({ start: index, end: index + length }))
}

/** The hits of all groups, where each has one. */
function groupHits(text: MessageText, groups: readonly RegExp[][]): Hit[] {
  const byGroup = groups.map((group) => group.flatMap((each) => hitsOf(text, each)))
  return byGroup.every((hits) => hits.length > 0) ? byGroup.flat() : []
}

/** Leaves out what a warning speaks of: a negation in the same clause before it, or within it. */
function unlessWarned(text: MessageText, { negations }: SignData, hits: Hit[]): Hit[] {
  return hits.filter(({ start, end }) => {
    const clauseStart = Math.max(...[...text.clauseStarts].filter((each) => each <= start))
    const spoken = text.normal.slice(clauseStart, end)
    return !negations.some((negation) => spoken.includes(negation))
  })
}

const range =
  /(?:(?:\d{4})年)?(\d{1,2})月(?:(\d{1,2})日)?(?:起)?(?:至|到|-|~|—|–)+(?:(?:\d{4})年)?(\d{1,2})月(?:(\d{1,2})日)?/gu
const lastDay = /(\d{1,2})月(?:(\d{1,2})日)?(?:之?前|截止|止)/gu

/** Dates for the settlement that lie outside its months. */
function windowHits(text: MessageText, { window: { about, notThis } }: SignData, months: SettlementWindow): Hit[] {
  if (hitsOf(text, about).length === 0) return []
  const isOutside = (month: string | undefined) => Number(month) < months.firstMonth || Number(month) > months.lastMonth
  const dated = [
    ...[...text.normal.matchAll(range)].filter(
      ([, from, fromDay, to, toDay]) =>
        !(from === '1' && fromDay === '1' && to === '12' && toDay === '31') && (isOutside(from) || isOutside(to)),
    ),
    ...[...text.normal.matchAll(lastDay)].filter(([, month]) => isOutside(month)),
  ]
  return dated
    .map(({ index, 0: { length } }) => ({ start: index, end: index + length }))
    .filter((hit) => {
      const sentence = sentenceAround(text.normal, hit)
      return sentence.search(about) >= 0 && sentence.search(notThis) < 0
    })
}

function sentenceAround(normal: string, { start, end }: Hit): string {
  const from = Math.max(normal.lastIndexOf('。', start), normal.lastIndexOf(';', start)) + 1
  const ends = ['。', ';'].map((mark) => normal.indexOf(mark, end)).filter((at) => at >= 0)
  return normal.slice(from, ends.length > 0 ? Math.min(...ends) : undefined)
}

const citation =
  /(国税发|税总发|税总函|财税|国家税务总局公告|税务总局公告)[〔[(【]?(\d{4})年?[〕\])】]?第?(\d{1,4})号/gu

/** Numbers of notices that are not the one that the year of publication had (M3.02); years that nobody entered are not judged. */
function noticeHits({ normal }: MessageText, { notices, window: { about } }: SignData): Hit[] {
  if (normal.search(about) < 0) return []
  return [...normal.matchAll(citation)]
    .filter(([, series = '', year, number]) => {
      const right = notices.find(({ published }) => published === Number(year))
      return right && !(series.endsWith(right.series) && Number(number) === right.number)
    })
    .map(({ index, 0: { length } }) => ({ start: index, end: index + length }))
}

type Link = Hit & { host: string }

const link = /(?:https?:\/\/|www\.)?((?:[a-z0-9-]+\.)+[a-z]{2,18})(?![a-z0-9@])(?::\d+)?(?:[/?][\w\-./?%&=#]*)?/gu

/** The sites a message leads to. */
function hostsOf({ normal }: MessageText): Link[] {
  return [...normal.matchAll(link)]
    .filter(({ index }) => normal[index - 1] !== '@')
    .map(({ index, 0: whole, 1: host = '' }) => ({ start: index, end: index + whole.length, host }))
}

/** Links that are not of the authority that the message names, or are said to be of one that has nothing to do with it. */
function authorityHits(text: MessageText, { authorities }: SignData, links: readonly Link[]): Hit[] {
  const { named, sites, strangerLink, strangerAbout } = authorities
  const isOwn = ({ host }: Link) => sites.some((site) => host === site || host.endsWith(`.${site}`))
  const foreign = text.normal.search(named) >= 0 ? links.filter((each) => !isOwn(each)) : []
  const strange = text.normal.search(strangerAbout) >= 0 ? hitsOf(text, strangerLink) : []
  return [...foreign, ...strange]
}

/** The places of hits in the message, those that touch as one. */
function placesOf({ places }: MessageText, hits: readonly Hit[]): Place[] {
  const joined: Place[] = []
  for (const { start, end } of hits.toSorted((one, other) => one.start - other.start)) {
    const place = { from: places[start] ?? 0, to: (places[end - 1] ?? 0) + 1 }
    const last = joined.at(-1)
    if (last && place.from <= last.to) last.to = Math.max(last.to, place.to)
    else joined.push(place)
  }
  return joined
}
