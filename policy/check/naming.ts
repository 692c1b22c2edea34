import type { PolicyIr, SourceSpan } from '../ir.ts'

/** Where a name stands in its declaration, so that an editor can go there; the definition itself where it is spread in from elsewhere. */
export function placeOfName({ bodies }: PolicyIr, group: 'facts' | 'values' | 'results', name: string): SourceSpan {
  for (const body of bodies) {
    if (!Object.hasOwn(body[group], name)) continue
    const groupAt = body.source.search(new RegExp(`\\b${group}\\s*:`))
    const offset = groupAt < 0 ? -1 : body.source.slice(groupAt).search(new RegExp(`\\b${name}\\s*:`))
    if (offset < 0) return body.at
    return spanInside(body.source, body.at, groupAt + offset, name.length)
  }
  return bodies[0]?.at ?? { start: 0, end: 0, line: 1, column: 1 }
}

function spanInside(source: string, at: SourceSpan, offset: number, length: number): SourceSpan {
  const before = source.slice(0, offset).split('\n')
  const lastLine = before.at(-1) ?? ''
  return {
    start: at.start + offset,
    end: at.start + offset + length,
    line: at.line + before.length - 1,
    column: before.length === 1 ? at.column + offset : lastLine.length + 1,
  }
}
