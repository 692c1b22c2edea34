import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { Alert, Button, Input, Select } from 'antd'
import { useState } from 'react'
import {
  type AnswerOf,
  defineWords,
  formatDate,
  go,
  Link,
  RegionName,
  useApi,
  useRegionsUnder,
  useSpeech,
} from '../../kit/door.ts'
import { ProblemAlert } from '../../kit/staff/door.ts'

const words = defineWords({
  label: { zh: '检索全文', en: 'Search the text' },
  help: {
    zh: '一个或几个词；引号里的话逐字查找',
    en: 'one or more words; what is in quotation marks, letter by letter',
  },
  allIssues: { zh: '全部期号', en: 'All issues' },
  allSections: { zh: '全部栏目', en: 'All sections' },
  allRegions: { zh: '全部地区', en: 'All regions' },
  issue: { zh: '期号', en: 'Issue' },
  section: { zh: '栏目', en: 'Section' },
  region: { zh: '地区', en: 'Region' },
  found: { zh: '找到 {articleCount} 篇文章', en: '{articleCount} articles found' },
  foundMore: {
    zh: '找到的太多，只排列了其中 {articleCount} 篇；再加一个词会更准。',
    en: 'More was found than can be put in order; {articleCount} articles are. Another word would help.',
  },
  none: {
    zh: '没有找到。请换一个词，或去掉引号和筛选。',
    en: 'Nothing found. Try another word, or leave out quotation marks and filters.',
  },
  others: { zh: '另有 {count} 段', en: '{count} more paragraphs' },
  more: { zh: '再看 20 篇', en: '20 more' },
})

/** The sections of the bulletins, as they are printed. */
const sections = ['最新关注', '各地动态', '一家之言', '他山之石']
const pageSize = 20

type Found = AnswerOf<'GET /documents/search'>
type FoundArticle = Found['items'][number]
type Listed = AnswerOf<'GET /documents'>['items'][number]

/** A search over all issues; what was asked for stands in the address, so that it can be handed on. */
export function DocumentSearch({ text, documents }: { text: string; documents: readonly Listed[] }) {
  const { say } = useSpeech()
  const [issue, setIssue] = useState('')
  const [section, setSection] = useState('')
  const [region, setRegion] = useState('')
  const provinces = useRegionsUnder('000000')
  const issues = [...new Set(documents.map((document) => document.issue))]
  const filter = (label: string, value: string, setValue: (chosen: string) => void, options: Option[]) => (
    <Select
      aria-label={label}
      value={value}
      onChange={setValue}
      options={options}
      showSearch={{ optionFilterProp: 'label' }}
      style={{ minWidth: 150 }}
    />
  )
  return (
    <section aria-label={say(words.label)}>
      <div className="staff-filters">
        <Input.Search
          aria-label={say(words.label)}
          placeholder={say(words.help)}
          defaultValue={text}
          enterButton
          allowClear
          onSearch={(typed) =>
            go(typed.trim() === '' ? '/documents' : `/documents?${new URLSearchParams({ text: typed.trim() })}`)
          }
          style={{ maxWidth: 420 }}
        />
        {filter(say(words.issue), issue, setIssue, [
          { value: '', label: say(words.allIssues) },
          ...issues.map((value) => ({ value, label: value })),
        ])}
        {filter(say(words.section), section, setSection, [
          { value: '', label: say(words.allSections) },
          ...sections.map((value) => ({ value, label: value })),
        ])}
        {filter(say(words.region), region, setRegion, [
          { value: '', label: say(words.allRegions) },
          ...(provinces.data ?? []).map(({ code, name }) => ({ value: code, label: say(name) })),
        ])}
      </div>
      {text !== '' && <Results query={{ text, issue, section, region }} />}
    </section>
  )
}

type Option = { value: string; label: string }
type SearchQuery = { text: string; issue: string; section: string; region: string }

function Results({ query }: { query: SearchQuery }) {
  const { say } = useSpeech()
  const api = useApi()
  const asked = Object.fromEntries(Object.entries(query).filter(([, value]) => value !== ''))
  const found = useInfiniteQuery({
    queryKey: ['documents', 'search', query],
    queryFn: ({ pageParam }) => api.get<Found>('/documents/search', { ...asked, offset: pageParam, limit: pageSize }),
    initialPageParam: 0,
    getNextPageParam: ({ articleCount }, _, offset) => (offset + pageSize < articleCount ? offset + pageSize : null),
    placeholderData: keepPreviousData,
  })
  const first = found.data?.pages[0]
  if (found.error) return <ProblemAlert error={found.error} />
  if (!first) return null
  if (first.items.length === 0) return <Alert type="info" showIcon title={say(words.none)} />
  const { articleCount, isComplete } = first
  return (
    <div className="staff-stack">
      <div className="staff-quiet" role="status">
        {say(isComplete ? words.found : words.foundMore, { articleCount })}
      </div>
      <ul className="staff-stack staff-found">
        {found.data?.pages
          .flatMap(({ items }) => items)
          .map((article) => (
            <FoundItem key={`${article.documentId}/${article.no}`} article={article} />
          ))}
      </ul>
      {found.hasNextPage && (
        <Button onClick={() => void found.fetchNextPage()} loading={found.isFetchingNextPage}>
          {say(words.more)}
        </Button>
      )}
    </div>
  )
}

function FoundItem({ article }: { article: FoundArticle }) {
  const { say, language } = useSpeech()
  const { documentId, no, title, issue, publishedOn, section, region, paragraphs, paragraphCount } = article
  const hidden = paragraphCount - paragraphs.length
  return (
    <li>
      <Link to={`/documents/${documentId}?article=${no}`}>{title}</Link>{' '}
      <span className="staff-quiet">
        {[issue, formatDate(publishedOn, language), section].filter(Boolean).join(' · ')}
        {region !== null && (
          <>
            {' · '}
            <RegionName code={region} />
          </>
        )}
      </span>
      {paragraphs.map(({ id, excerpt }) => (
        <p key={id}>
          <Link to={paragraphPath(documentId, id)}>{id.split('/').slice(1).join('/')}</Link>{' '}
          {excerpt.map((piece, index) =>
            // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of an excerpt never move
            piece.isHit ? <mark key={index}>{piece.text}</mark> : <span key={index}>{piece.text}</span>,
          )}
        </p>
      ))}
      {hidden > 0 && <div className="staff-quiet">{say(words.others, { count: hidden })}</div>}
    </li>
  )
}

function paragraphPath(documentId: string, id: string): string {
  return `/documents/${documentId}?paragraph=${encodeURIComponent(id)}`
}
