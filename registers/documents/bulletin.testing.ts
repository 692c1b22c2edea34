import { bulletinSections } from './bulletin.ts'

/** A synthetic article; `body` line by line. */
export type SyntheticArticle = { title: string; body: string[]; source?: string; section?: string }

/** A synthetic bulletin: made up, in the layout of the real ones. */
export type SyntheticBulletin = {
  name?: string
  issue?: string
  date?: string
  /** Headings marked up with #, as some issues have them. */
  isMarkedUp?: boolean
  /** Whether the text repeats the headings of its sections. */
  hasSections?: boolean
  articles: SyntheticArticle[]
  /** Titles as the list of contents has them, where it has others than the text. */
  contents?: string[]
}

/** The name of the only series of bulletins that is known. */
export const knownName = '南京人力资源和社会保障学会信息'

/** The file of a synthetic bulletin. */
export function syntheticBulletin(bulletin: SyntheticBulletin): string {
  const { name = knownName, issue = '209901', date = '2099 年 1 月 5 日', isMarkedUp = false, articles } = bulletin
  const mark = (level: number, text: string) => (isMarkedUp ? `${'#'.repeat(level)} ${text}` : text)
  const sectionOf = ({ section }: SyntheticArticle) => section ?? bulletinSections[0] ?? ''
  const titles = bulletin.contents ?? articles.map(({ title }) => title)
  const sections = bulletinSections.filter((section) => articles.some((article) => sectionOf(article) === section))
  const contents = sections.flatMap((section) => [
    mark(4, section),
    ...titles.filter((_, index) => articles[index] === undefined || sectionOf(articles[index]) === section),
  ])
  const text = sections.flatMap((section) => [
    ...(bulletin.hasSections === false ? [] : [mark(2, section)]),
    ...articles
      .filter((article) => sectionOf(article) === section)
      .flatMap(({ title, body, source }) => [
        mark(3, title),
        ...body,
        ...(source === undefined ? [] : [`来源：${source}`]),
      ]),
  ])
  const head = [mark(1, name), mark(2, '快 报'), `(第 ${issue} 期)`, '合成学会主办', date, mark(3, '目 录')]
  return `\n\n${[...head, ...contents, ...text].join('\n\n')}\n`
}
