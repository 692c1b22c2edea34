import { useState } from 'react'
import {
  ChoiceField,
  defineWords,
  Empty,
  go,
  Link,
  Loaded,
  TextField,
  usePlace,
  useServices,
  useSpeech,
} from '../../kit/door.ts'
import { type DirectoryEntry, useDirectory } from './directory.ts'
import { DirectoryCard } from './directory-card.tsx'
import { nearest, search } from './directory-search.ts'
import { type OwnWay, ownWays } from './own-ways.ts'
import { useSpelling } from './spelling.ts'

const words = defineWords({
  title: { zh: '办事', en: 'Services' },
  search: { zh: '找事项', en: 'Find a service' },
  searchHelp: {
    zh: '可以输入名称、拼音或首字母，写错一两个字也能找到。',
    en: 'By its name; for Chinese names also by pinyin or initials. A slip does not matter.',
  },
  level: { zh: '范围', en: 'Reach' },
  all: { zh: '全部', en: 'All' },
  national: { zh: '全国', en: 'Nationwide' },
  local: { zh: '本地', en: 'Local' },
  maturity: { zh: '便利程度', en: 'How far' },
  can_be_done: { zh: '能办', en: 'Can be done' },
  easy_to_do: { zh: '好办', en: 'Easy' },
  efficiently_done: { zh: '高效办成', en: 'In one go' },
  found: { zh: '共 {count} 项', en: '{count} found' },
  none: {
    zh: '没有找到。换个说法试试，或拨打 12333 询问。',
    en: 'Nothing found. Try other words, or call 12333.',
  },
  nearest: { zh: '也许您要找的是', en: 'Perhaps you look for' },
  pages: { zh: '我的页面', en: 'My pages' },
  place: { zh: '地区', en: 'Where' },
  here: { zh: '本地区', en: 'Here' },
  elsewhere: { zh: '其他地区', en: 'Other regions' },
  foundElsewhere: { zh: '在其他地区可以办的', en: 'Offered in other regions' },
  others: { zh: '由单位或窗口办理，或不用申请', en: 'Done by employers or at counters, or without an application' },
})

const levels = ['all', 'national', 'local'] as const
const places = ['here', 'elsewhere'] as const
const maturities = ['all', 'can_be_done', 'easy_to_do', 'efficiently_done'] as const

/** The public services: found by name, sound or everyday words, each with what it is for, the ways in, and what is asked; those of other regions named apart. */
export function ServicesPage() {
  const { say } = useSpeech()
  return (
    <>
      <h1>{say(words.title)}</h1>
      <Loaded query={useServices()}>{(services) => <Directory services={services} />}</Loaded>
    </>
  )
}

type Filters = { q: string; level: string; maturity: string; place: string }

const filterNames = ['q', 'level', 'maturity', 'place'] as const

const open: Filters = { q: '', level: 'all', maturity: 'all', place: 'here' }

/** What is looked for stands in the address: a link can be sent, and Back from a service shows it again. */
function useFilters(): [Filters, (change: Partial<Filters>) => void] {
  const { query } = usePlace()
  const [filters, setFilters] = useState<Filters>({
    q: query.get('q') ?? open.q,
    level: query.get('level') ?? open.level,
    maturity: query.get('maturity') ?? open.maturity,
    place: query.get('place') ?? open.place,
  })
  const change = (changed: Partial<Filters>) => {
    const next = { ...filters, ...changed }
    setFilters(next)
    const said = new URLSearchParams()
    for (const name of filterNames) if (next[name] !== open[name]) said.set(name, next[name])
    go(said.size === 0 ? '/services' : `/services?${said}`, { replace: true })
  }
  return [filters, change]
}

function Directory({ services }: { services: Parameters<typeof useDirectory>[0] }) {
  const entries = useDirectory(services)
  const { say } = useSpeech()
  const [filters, change] = useFilters()
  const { q, level, maturity, place } = filters
  const spelling = useSpelling(q !== '')
  const fits = (entry: DirectoryEntry) =>
    (level === 'all' || entry.level === level) && (maturity === 'all' || entry.maturity === maturity)
  const chosen = entries.filter(fits)
  const here = search(
    chosen.filter(({ isOffered }) => isOffered),
    q,
    findableOf,
    spelling,
  )
  const elsewhere = search(
    chosen.filter(({ isOffered }) => !isOffered),
    q,
    findableOf,
    spelling,
  )
  const found = place === 'here' ? here : elsewhere
  const pages = q === '' || place !== 'here' ? [] : search(ownWays, q, findableOfWay, spelling)
  const isNothing = found.length + pages.length === 0
  return (
    <>
      <FilterFields
        {...{ filters, change }}
        entries={entries.filter(({ isOffered }) => isOffered === (place === 'here'))}
      />
      <p className="kit-quiet" role="status">
        {say(words.found, { count: found.length + pages.length })}
      </p>
      {isNothing && <Empty>{say(words.none)}</Empty>}
      <WayList title={say(words.pages)} ways={pages} />
      <EntryList entries={found} isSearched={q !== ''} />
      {isNothing && (
        <Suggested
          entries={nearest(
            chosen.filter(({ isOffered }) => isOffered),
            q,
            findableOf,
            { spelling, limit: 3 },
          )}
        />
      )}
      {place === 'here' && q !== '' && elsewhere.length > 0 && (
        <details className="kit-details" open={found.length === 0}>
          <summary>
            {say(words.foundElsewhere)} ({elsewhere.length})
          </summary>
          <ul className="resident-directory">
            {elsewhere.map((entry) => (
              <DirectoryCard key={entry.id} entry={entry} />
            ))}
          </ul>
        </details>
      )}
    </>
  )
}

type FilterFieldsProps = {
  filters: Filters
  change: (changed: Partial<Filters>) => void
  entries: readonly DirectoryEntry[]
}

/** A filter that would leave nothing is not offered, unless it is chosen. */
function FilterFields({ filters, change, entries }: FilterFieldsProps) {
  const { say } = useSpeech()
  const optionsOf = (values: ReadonlyArray<keyof typeof words>) =>
    values.map((value) => ({ value, label: say(words[value]) }))
  const shownLevels = levels.filter(
    (value) => value === 'all' || value === filters.level || entries.some(({ level }) => level === value),
  )
  const shownMaturities = maturities.filter(
    (value) => value === 'all' || value === filters.maturity || entries.some(({ maturity }) => maturity === value),
  )
  return (
    <search className="kit-section">
      <TextField
        label={say(words.search)}
        help={say(words.searchHelp)}
        value={filters.q}
        onChange={(q) => change({ q })}
      />
      <div className="resident-levels">
        <ChoiceField
          label={say(words.level)}
          value={filters.level}
          onChange={(level) => change({ level })}
          options={optionsOf(shownLevels)}
        />
        <ChoiceField
          label={say(words.maturity)}
          value={filters.maturity}
          onChange={(maturity) => change({ maturity })}
          options={optionsOf(shownMaturities)}
        />
        <ChoiceField
          label={say(words.place)}
          value={filters.place}
          onChange={(place) => change({ place })}
          options={optionsOf(places)}
        />
      </div>
    </search>
  )
}

function EntryList({ entries, isSearched }: { entries: readonly DirectoryEntry[]; isSearched: boolean }) {
  const { say } = useSpeech()
  const isMine = ({ ways, isOffered }: DirectoryEntry) => ways.length > 0 || !isOffered
  const others = entries.filter((entry) => !isMine(entry))
  return (
    <>
      <ul className="resident-directory">
        {entries.filter(isMine).map((entry) => (
          <DirectoryCard key={entry.id} entry={entry} />
        ))}
      </ul>
      {others.length > 0 && (
        <details className="kit-details" open={isSearched}>
          <summary>
            {say(words.others)} ({others.length})
          </summary>
          <ul className="resident-directory">
            {others.map((entry) => (
              <DirectoryCard key={entry.id} entry={entry} />
            ))}
          </ul>
        </details>
      )}
    </>
  )
}

function WayList({ title, ways }: { title: string; ways: readonly OwnWay[] }) {
  const { say } = useSpeech()
  if (ways.length === 0) return null
  return (
    <section className="kit-section" aria-labelledby="own-ways">
      <h2 id="own-ways">{title}</h2>
      <ul className="kit-card-list">
        {ways.map((way) => (
          <li key={way.to}>
            <Link to={way.to} className="kit-card-button">
              <span className="kit-card-title">{say(way.title)}</span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Suggested({ entries }: { entries: readonly DirectoryEntry[] }) {
  const { say } = useSpeech()
  if (entries.length === 0) return null
  return (
    <section aria-labelledby="nearest">
      <h2 id="nearest">{say(words.nearest)}</h2>
      <EntryList entries={entries} isSearched />
    </section>
  )
}

function findableOf({ title, summary, keywords, ways }: DirectoryEntry) {
  const pages = ways.flatMap((way) => [way.title.zh, way.title.en])
  return { names: [title.zh, title.en], pages, keywords, summaries: [summary.zh, summary.en] }
}

function findableOfWay({ title, keywords }: OwnWay) {
  return { names: [title.zh, title.en], keywords, summaries: [] }
}
