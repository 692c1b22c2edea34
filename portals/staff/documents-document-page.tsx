import { useQuery } from '@tanstack/react-query'
import { Alert, Card, Tag } from 'antd'
import { useEffect, useRef } from 'react'
import { type AnswerOf, defineWords, formatDate, Link, useApi, usePlace, useSpeech } from '../../kit/door.ts'
import { Loaded, StaffPage } from '../../kit/staff/door.ts'
import { DocumentDifferences } from './documents-differences.tsx'

const words = defineWords({
  title: { zh: '文献', en: 'Document' },
  back: { zh: '返回文献列表', en: 'Back to the list' },
  contents: { zh: '目录', en: 'Contents' },
  issue: { zh: '第 {issue} 期', en: 'issue {issue}' },
  version: { zh: '第 {version} 版', en: 'version {version}' },
  older: { zh: '旧版，已有更正', en: 'older version, since corrected' },
  source: { zh: '来源：{source}', en: 'Taken from {source}' },
  differences: { zh: '读入时发现', en: 'Found while reading' },
})

type Printed = AnswerOf<'GET /documents/{documentId}'>
type Article = Printed['articles'][number]
type Part = Article['parts'][number]

/** A version of an issue to read: its contents, then every article. `?paragraph=<id>` or `?article=<number>` leads to a place in it. */
export function DocumentPage({ params }: { params: Record<string, string> }) {
  const { say } = useSpeech()
  const api = useApi()
  const read = useQuery({
    queryKey: ['documents', params.documentId],
    queryFn: () => api.get<Printed>(`/documents/${params.documentId}`),
    staleTime: Number.POSITIVE_INFINITY,
  })
  return (
    <StaffPage title={read.data?.name ?? say(words.title)} actions={<Link to="/documents">{say(words.back)}</Link>}>
      <Loaded query={read}>{(document) => <Reading document={document} />}</Loaded>
    </StaffPage>
  )
}

function Reading({ document }: { document: Printed }) {
  const { say, language } = useSpeech()
  const { query } = usePlace()
  const { issue, version, isCurrent, organiser, publishedOn, differences, articles } = document
  const place = query.get('paragraph') ?? query.get('article')
  return (
    <div className="staff-stack">
      <div className="staff-quiet">
        {[
          say(words.issue, { issue }),
          formatDate(publishedOn, language),
          organiser,
          say(words.version, { version }),
        ].join(' · ')}{' '}
        {!isCurrent && <Tag color="warning">{say(words.older)}</Tag>}
      </div>
      {differences.length > 0 && (
        <Alert
          type="warning"
          title={say(words.differences)}
          description={<DocumentDifferences differences={differences} />}
        />
      )}
      <Card size="small" title={say(words.contents)}>
        <Contents documentId={document.id} articles={articles} />
      </Card>
      {articles.map((article) => (
        <ArticleCard key={article.no} article={article} place={place} />
      ))}
    </div>
  )
}

function Contents({ documentId, articles }: { documentId: string; articles: readonly Article[] }) {
  const sections = Map.groupBy(articles, ({ section }) => section)
  return (
    <nav>
      {[...sections].map(([section, listed]) => (
        <div key={section}>
          {section !== null && <strong>{section}</strong>}
          <ul>
            {listed.map(({ no, title }) => (
              <li key={no}>
                <Link to={`/documents/${documentId}?article=${no}`}>{title}</Link>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  )
}

function ArticleCard({ article, place }: { article: Article; place: string | null }) {
  const { say } = useSpeech()
  const { no, title, byline, source, parts } = article
  const isPlace = place === String(no)
  const ref = useSeen<HTMLElement>(isPlace)
  return (
    <article ref={ref} lang="zh-CN" {...(isPlace && { tabIndex: -1 })}>
      <Card size="small" title={<h2 className="staff-article-title">{title}</h2>}>
        {byline !== null && <p className="staff-quiet">{byline}</p>}
        {parts
          .filter(({ paragraph }) => paragraph !== null)
          .map((part) => (
            <PartText key={part.paragraph?.id} part={part} isPlace={part.paragraph?.id === place} />
          ))}
        {source !== null && <p className="staff-quiet">{say(words.source, { source })}</p>}
      </Card>
    </article>
  )
}

/** A numbered part of an article. Its number links to it, so that the address can be handed on. */
function PartText({ part: { kind, text, paragraph }, isPlace }: { part: Part; isPlace: boolean }) {
  const { path } = usePlace()
  const ref = useSeen<HTMLDivElement>(isPlace)
  const id = paragraph?.id ?? ''
  return (
    <div
      ref={ref}
      className={isPlace ? 'staff-paragraph staff-paragraph-place' : 'staff-paragraph'}
      {...(isPlace && { tabIndex: -1 })}
    >
      <Link to={`${path}?paragraph=${encodeURIComponent(id)}`} aria-label={id}>
        {id.split('/').at(-1)}
      </Link>
      {kind === 'heading' ? <h3>{text}</h3> : kind === 'table' ? <pre>{text}</pre> : <p>{text}</p>}
    </div>
  )
}

/** Brings an element into view and to the reader's ear when it becomes the place that is asked for. */
function useSeen<Seen extends HTMLElement>(isPlace: boolean) {
  const ref = useRef<Seen>(null)
  useEffect(() => {
    if (!isPlace) return
    ref.current?.scrollIntoView({ block: 'center' })
    ref.current?.focus({ preventScroll: true })
  }, [isPlace])
  return ref
}
