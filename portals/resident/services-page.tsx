import { useState } from 'react'
import {
  ChoiceField,
  defineWords,
  Empty,
  Loaded,
  TextField,
  useOfferedServices,
  usePlace,
  useSpeech,
} from '../../kit/door.ts'
import { type DirectoryEntry, useDirectory } from './directory.ts'
import { DirectoryCard } from './directory-card.tsx'
import { search } from './directory-search.ts'
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
  others: { zh: '由单位或窗口办理，或不用申请', en: 'Done by employers or at counters, or without an application' },
})

const levels = ['all', 'national', 'local'] as const
const maturities = ['all', 'can_be_done', 'easy_to_do', 'efficiently_done'] as const

/** The public services of this region: found by name or sound, each with what it is for, the ways in, and what is asked. */
export function ServicesPage() {
  const { say } = useSpeech()
  return (
    <>
      <h1>{say(words.title)}</h1>
      <Loaded query={useOfferedServices()}>{(services) => <Directory services={services} />}</Loaded>
    </>
  )
}

function Directory({ services }: { services: Parameters<typeof useDirectory>[0] }) {
  const entries = useDirectory(services)
  const { say } = useSpeech()
  const { query } = usePlace()
  const [typed, setTyped] = useState(query.get('q') ?? '')
  const [level, setLevel] = useState('all')
  const [maturity, setMaturity] = useState('all')
  const spelling = useSpelling(typed !== '')
  const chosen = entries.filter(
    (entry) => (level === 'all' || entry.level === level) && (maturity === 'all' || entry.maturity === maturity),
  )
  const found = search(chosen, typed, findableOf, spelling)
  const [mine, others] = [found.filter(({ ways }) => ways.length > 0), found.filter(({ ways }) => ways.length === 0)]
  const optionsOf = (values: ReadonlyArray<keyof typeof words>) =>
    values.map((value) => ({ value, label: say(words[value]) }))
  return (
    <>
      <search className="kit-section">
        <TextField label={say(words.search)} help={say(words.searchHelp)} value={typed} onChange={setTyped} />
        <div className="resident-levels">
          <ChoiceField label={say(words.level)} value={level} onChange={setLevel} options={optionsOf(levels)} />
          <ChoiceField
            label={say(words.maturity)}
            value={maturity}
            onChange={setMaturity}
            options={optionsOf(maturities)}
          />
        </div>
      </search>
      <p className="kit-quiet" role="status">
        {say(words.found, { count: found.length })}
      </p>
      {found.length === 0 && <Empty>{say(words.none)}</Empty>}
      <ul className="resident-directory">
        {mine.map((entry) => (
          <DirectoryCard key={entry.id} entry={entry} />
        ))}
      </ul>
      {others.length > 0 && (
        <details className="kit-details" open={typed !== ''}>
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

function findableOf({ title, summary, ways }: DirectoryEntry) {
  const names = [title, ...ways.map((way) => way.title)]
  return { names: names.flatMap(({ zh, en }) => [zh, en]), summaries: [summary.zh, summary.en] }
}
