import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import {
  defineWords,
  Empty,
  formatFen,
  Loaded,
  parseYuan,
  RegionName,
  SelectField,
  type ServicePage,
  TextField,
  useApi,
  useRegionsUnder,
  useSpeech,
} from '../../../kit/door.ts'
import { serviceId, type Vacancy, vacancyWords } from './words.ts'

const words = defineWords({
  title: { zh: '找工作', en: 'Find work' },
  summary: { zh: '查找附近的岗位，拼音、首字母也能找', en: 'Vacancies nearby; pinyin and its first letters work too' },
  text: { zh: '岗位或单位', en: 'Job or employer' },
  textHelp: { zh: '例如：车工，或 chegong、cg', en: 'For example 车工, chegong or cg' },
  city: { zh: '工作地点', en: 'Place' },
  anywhere: { zh: '不限', en: 'Anywhere' },
  payFrom: { zh: '月薪至少（元）', en: 'Pay a month, at least (CNY)' },
  search: { zh: '查找', en: 'Search' },
  none: { zh: '没有找到。换个词，或者放宽条件试试。', en: 'Nothing found. Try another word, or ask for less.' },
})

/** Looking for work: for everybody. */
export const page: ServicePage = {
  id: 'job-vacancies',
  title: words.title,
  summary: words.summary,
  roles: ['person'],
  order: 70,
  path: '/services/vacancies',
  withoutSignIn: true,
  Component: VacanciesPage,
}

type Search = { text?: string; place?: string; payFromFen?: number }

function VacanciesPage() {
  const api = useApi()
  const { say } = useSpeech()
  const [text, setText] = useState('')
  const [place, setPlace] = useState('')
  const [pay, setPay] = useState('')
  const [search, setSearch] = useState<Search>({})
  const cities = useRegionsUnder(api.region)
  const vacancies = useQuery({
    queryKey: ['vacancies', search],
    queryFn: async () => (await api.get<{ items: Vacancy[] }>(`/services/${serviceId}/vacancies`, search)).items,
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const payFromFen = parseYuan(pay)
    setSearch({
      ...(text.trim() !== '' && { text }),
      ...(place !== '' && { place }),
      ...(payFromFen !== undefined && { payFromFen }),
    })
  }
  return (
    <>
      <h1>{say(words.title)}</h1>
      <form onSubmit={submit}>
        <TextField label={say(words.text)} help={say(words.textHelp)} value={text} onChange={setText} />
        <SelectField
          label={say(words.city)}
          help={say(words.anywhere)}
          value={place}
          onChange={setPlace}
          options={(cities.data ?? []).map(({ code, name }) => ({ value: code, label: say(name) }))}
        />
        <TextField label={say(words.payFrom)} value={pay} onChange={setPay} inputMode="decimal" />
        <div className="kit-actions">
          <button type="submit" className="kit-button kit-button-primary">
            {say(words.search)}
          </button>
        </div>
      </form>
      <div aria-live="polite">
        <Loaded query={vacancies}>
          {(items) =>
            items.length === 0 ? (
              <Empty>{say(words.none)}</Empty>
            ) : (
              <ul className="resident-list">
                {items.map((vacancy) => (
                  <VacancyRow key={vacancy.vacancyId} vacancy={vacancy} />
                ))}
              </ul>
            )
          }
        </Loaded>
      </div>
    </>
  )
}

function VacancyRow({ vacancy }: { vacancy: Vacancy }) {
  const { say, day } = useSpeech()
  const { title, employerName, work, place, payFromFen, payToFen, openings, expiresOn } = vacancy
  return (
    <li className="resident-row">
      <span className="resident-row-title">{title}</span>
      <span>
        {say(vacancyWords.pay)} {formatFen(payFromFen)} – {formatFen(payToFen)}
      </span>
      <span>
        {employerName} · <RegionName code={place} />
      </span>
      <span>{work}</span>
      <span className="kit-quiet">
        {say(vacancyWords.openings, { count: openings })} · {say(vacancyWords.until, { on: day(expiresOn) })}
      </span>
    </li>
  )
}
