/** The width of a full line, in Chinese characters. */
const lineLength = 30

/** A synthetic article of a magazine; `body` paragraph by paragraph, lines of `under` stand under the title. */
export type SyntheticChapter = { rubric?: string; title: string; under?: string[]; byline?: string; body: string[] }

/** The file of a synthetic magazine: made up, in the layout of the real one, each line followed by a blank one, no indents but the chapters'. */
export function syntheticMagazine(chapters: readonly SyntheticChapter[]): string {
  return chapters
    .map(({ rubric, title, under = [], byline, body }) => {
      const tight = under.length > 0 ? [under.join('\n')] : []
      const lines = [...(rubric === undefined ? [] : [rubric]), title, ...tight, ...(byline ? [byline] : [])]
      return ` ${[...lines, ...body.flatMap(linesOf)].join('\n\n')} \n`
    })
    .join('')
}

function linesOf(paragraph: string): string[] {
  // The first line of a paragraph was indented by two characters.
  const lines = [paragraph.slice(0, lineLength - 2)]
  for (let at = lineLength - 2; at < paragraph.length; at += lineLength)
    lines.push(paragraph.slice(at, at + lineLength))
  return lines
}
