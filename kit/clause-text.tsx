import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { AnswerOf } from './api-types.ts'
import { ClauseFigures } from './clause-figures.tsx'
import { useSpeech } from './language.tsx'
import { useApi } from './node-context.tsx'
import { Loaded } from './states.tsx'
import { defineWords } from './words.ts'

const words = defineWords({
  original: { zh: '条款原文', en: 'The text of the clause' },
  part: { zh: '出自《{title}》（{issuer}）', en: 'Part of: {title} ({issuer})' },
  printed: {
    zh: '{name} 第 {issue} 期，{publishedOn}，《{articleTitle}》',
    en: '{name}, issue {issue}, {publishedOn}: {articleTitle}',
  },
  source: { zh: '来源：{source}', en: 'Taken from {source}' },
  changed: {
    zh: '注意：这一段与核对规则时的文字不同，请以文件原文为准。',
    en: 'Note: this paragraph has other words than when the rule was held against it.',
  },
  notImported: { zh: '原文尚未导入', en: 'The text is not imported yet' },
  notImportedAdvice: {
    zh: '它刊登在{name} 第 {issue} 期，第 {article} 篇文章。管理政策参数的人员可以在“文献”页面导入这一期，导入后就在这里显示。',
    en: 'It is printed in {name}, issue {issue}, article {article}. Whoever keeps the policy values can import that issue on the page Documents; then it is shown here.',
  },
  outside: {
    zh: '本条出自{outside}，快报没有刊登原文。',
    en: 'This clause stands in {outside}, which no bulletin prints.',
  },
  derived: { zh: '没有单独的条文：{derived}', en: 'There is no text of its own: {derived}' },
})

type Clause = AnswerOf<'GET /law/clauses/{service}/{clause}'>

/** The paragraph that a clause stands in, in the words in which it was printed: asked for only when somebody wants to read it. */
export function ClauseText({ service, clause }: { service: string; clause: string }) {
  const { say } = useSpeech()
  const [isOpen, setOpen] = useState(false)
  return (
    <details className="kit-details" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{say(words.original)}</summary>
      {isOpen && <ReadClause service={service} clause={clause} />}
    </details>
  )
}

function ReadClause({ service, clause }: { service: string; clause: string }) {
  const api = useApi()
  const read = useQuery({
    queryKey: ['clause', service, clause],
    queryFn: () => api.get<Clause>(`/law/clauses/${encodeURIComponent(service)}/${encodeURIComponent(clause)}`),
  })
  return (
    <>
      <Loaded query={read}>{(found) => <Found clause={found} />}</Loaded>
      <ClauseFigures clause={clause} />
    </>
  )
}

function Found({ clause: { paragraphs, outside, derived, document } }: { clause: Clause }) {
  const { say } = useSpeech()
  return (
    <>
      {document && (
        <p className="kit-quiet">{say(words.part, { title: say(document.title), issuer: say(document.issuer) })}</p>
      )}
      {outside !== null && <p>{say(words.outside, { outside })}</p>}
      {derived !== null && <p>{say(words.derived, { derived })}</p>}
      {paragraphs.map((paragraph) => (
        <Paragraph key={paragraph.id} paragraph={paragraph} />
      ))}
    </>
  )
}

function Paragraph({
  paragraph: { state, name, issue, article, printed },
}: {
  paragraph: Clause['paragraphs'][number]
}) {
  const { say } = useSpeech()
  if (!printed) {
    return (
      <div className="kit-note">
        <p className="kit-note-title">{say(words.notImported)}</p>
        <p>{say(words.notImportedAdvice, { name, issue, article })}</p>
      </div>
    )
  }
  const { text, publishedOn, articleTitle, source } = printed
  return (
    <figure className="kit-note">
      {state === 'changed' && <p className="kit-note-title">{say(words.changed)}</p>}
      <blockquote className="kit-clause-text" lang="zh-CN">
        {text}
      </blockquote>
      <figcaption className="kit-quiet">
        {say(words.printed, { name, issue, publishedOn, articleTitle })}
        {source !== null && ` · ${say(words.source, { source })}`}
      </figcaption>
    </figure>
  )
}
