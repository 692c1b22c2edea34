import { BadInput } from '../../ground/door.ts'

/** A line of a text that is more than whitespace, with the whitespace that follows it up to the next such line. */
export type TextLine = {
  /** Counted from 1. */
  number: number
  /** Where `raw` begins in its line, counted from 1. */
  column: number
  raw: string
  after: string
}

/** A text cut at its whitespace; nothing of it is lost: `before` and, line by line, `raw` and `after` give it back. */
export type CutText = { before: string; lines: TextLine[] }

const outer = /^[ \t\r\f\v\u3000\ufeff]+|[ \t\r\f\v\u3000\ufeff]+$/g

/** Cuts a text at its lines. A no-break space belongs to the words that it holds together. */
export function cutLines(text: string): CutText {
  const cut: CutText = { before: '', lines: [] }
  let number = 0
  let separator = ''
  for (const line of text.split(/(?<=\n)/)) {
    number += 1
    const content = line.replace(/\n$/, '')
    const raw = content.trim() === '' ? '' : content.replaceAll(outer, '')
    if (raw === '') {
      separator += line
      continue
    }
    const start = line.indexOf(raw)
    close(cut, separator + line.slice(0, start))
    cut.lines.push({ number, column: start + 1, raw, after: '' })
    separator = line.slice(start + raw.length)
  }
  close(cut, separator)
  return cut
}

function close(cut: CutText, separator: string): void {
  const last = cut.lines.at(-1)
  if (last) last.after = separator
  else cut.before = separator
}

/** Says what was expected where, and what stands there. */
export function misread(line: TextLine | undefined, expected: string): BadInput {
  const path = line ? `line ${line.number}, column ${line.column}` : 'end of the file'
  const found = line ? line.raw.slice(0, 40) : 'nothing more'
  return new BadInput([{ path, expected, found }], 'document_not_understood')
}
