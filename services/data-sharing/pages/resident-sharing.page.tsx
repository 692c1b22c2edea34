import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import {
  type CaseRow,
  defineWords,
  Empty,
  FlagField,
  go,
  Link,
  Loaded,
  ProblemNote,
  RegionName,
  SelectField,
  type ServicePage,
  type StepTaken,
  TextField,
  useAction,
  useApi,
  useRegionsUnder,
  useSpeech,
  wordOf,
} from '../../../kit/door.ts'
import { flows, kindWords, purposeWords, recordWords, serviceId, sharingWords } from './words.ts'

const words = defineWords({
  title: { zh: '我的数据共享', en: 'Sharing my data' },
  summary: {
    zh: '同意从外地取得数据，查看谁取得过我的数据',
    en: 'Let data come from other regions, and see who was told what',
  },
  lead: {
    zh: '同意以后，我们向您选的地区询问，办事时不再要您提供。可以随时撤回；已经取得的记录注明来源。',
    en: 'With your consent we ask the region you choose, so that you are not asked. Withdraw at any time; what has come bears its source.',
  },
  consents: { zh: '我的同意', en: 'My consents' },
  none: { zh: '还没有。', en: 'None yet.' },
  give: { zh: '同意共享', en: 'Consent' },
  ask: { zh: '现在询问', en: 'Ask now' },
  told: { zh: '提供给其他地区的', en: 'Told to other regions' },
  refused: { zh: '未提供', en: 'not told' },
  taken: { zh: '从其他地区取得的', en: 'Taken in from other regions' },
  choose: { zh: '请至少选一项数据', en: 'Choose at least one kind of data' },
})

/** Consents, what was told of me and what was taken in (B2.03). */
export const page: ServicePage = {
  id: 'data-sharing',
  title: words.title,
  summary: words.summary,
  roles: ['person'],
  order: 80,
  path: '/services/data-sharing',
  Component: SharingPage,
}

function SharingPage() {
  const { say } = useSpeech()
  return (
    <>
      <h1>{say(words.title)}</h1>
      <p>{say(words.lead)}</p>
      <Consents />
      <GiveConsent />
      <Shared />
    </>
  )
}

function Consents() {
  const api = useApi()
  const { say, day } = useSpeech()
  const consents = useQuery({
    queryKey: ['my consents'],
    queryFn: () => api.get<{ items: CaseRow[] }>('/cases', { flow: flows.consent, limit: 20 }),
  })
  const ask = useAction((opening: object, key) => api.post<StepTaken>('/cases', opening, key), {
    onSuccess: ({ caseId }) => go(`/cases/${caseId}?sent`),
  })
  const question = ({ number, summary }: CaseRow, region: string) => ({
    flow: flows.question,
    body: {
      region,
      purpose: summary.purpose,
      kinds: String(summary.kinds).split(' '),
      permission: { by: 'consent', number },
    },
  })
  return (
    <section className="kit-section" aria-labelledby="consents">
      <h2 id="consents">{say(words.consents)}</h2>
      {ask.error && <ProblemNote error={ask.error} />}
      <Loaded query={consents}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty>{say(words.none)}</Empty>
          ) : (
            <ul>
              {items.map((row) => (
                <li key={row.caseId}>
                  <Link to={`/cases/${row.caseId}`}>{row.number}</Link>{' '}
                  <span className="kit-badge">{say(row.statusTitle)}</span>{' '}
                  {wordOf(purposeWords, String(row.summary.purpose), say)} · {say(sharingWords.until)}{' '}
                  {day(String(row.summary.until))}
                  {row.status === 'given' &&
                    String(row.summary.regions)
                      .split(' ')
                      .map((region) => (
                        <button
                          key={region}
                          type="button"
                          className="kit-button"
                          disabled={ask.isPending}
                          onClick={() => ask.mutate(question(row, region))}
                        >
                          {say(words.ask)} <RegionName code={region} />
                        </button>
                      ))}
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </section>
  )
}

type Choices = { kinds: string[]; purposes: string[]; regions: string[] }

function GiveConsent() {
  const api = useApi()
  const choices = useQuery({
    queryKey: ['sharing choices'],
    queryFn: () => api.get<Choices>(`/services/${serviceId}/choices`),
  })
  return <Loaded query={choices}>{(loaded) => <ConsentForm choices={loaded} />}</Loaded>
}

function ConsentForm({ choices: { kinds, purposes, regions } }: { choices: Choices }) {
  const api = useApi()
  const { say } = useSpeech()
  const known = useRegionsUnder('000000')
  const [purpose, setPurpose] = useState('')
  const [region, setRegion] = useState('')
  const [until, setUntil] = useState('')
  const [chosen, setChosen] = useState<readonly string[]>([])
  const give = useAction((opening: object, key) => api.post<StepTaken>('/cases', opening, key), {
    onSuccess: ({ caseId }) => go(`/cases/${caseId}?sent`),
  })
  const send = () => give.mutate({ flow: flows.consent, body: { purpose, kinds: chosen, regions: [region], until } })
  return (
    <section className="kit-section" aria-labelledby="give">
      <h2 id="give">{say(words.give)}</h2>
      <SelectField
        label={say(sharingWords.purpose)}
        value={purpose}
        onChange={setPurpose}
        options={purposes.map((value) => ({ value, label: wordOf(purposeWords, value, say) }))}
      />
      <SelectField
        label={say(sharingWords.region)}
        value={region}
        onChange={setRegion}
        options={(known.data ?? [])
          .filter(({ code }) => regions.includes(code))
          .map(({ code, name }) => ({ value: code, label: say(name) }))}
      />
      {kinds.map((kind) => (
        <FlagField
          key={kind}
          label={wordOf(kindWords, kind, say)}
          value={chosen.includes(kind)}
          onChange={(isChosen) => setChosen(isChosen ? [...chosen, kind] : chosen.filter((other) => other !== kind))}
        />
      ))}
      {chosen.length === 0 && <p className="kit-quiet">{say(words.choose)}</p>}
      <TextField label={say(sharingWords.until)} type="date" required value={until} onChange={setUntil} />
      {give.error && <ProblemNote error={give.error} />}
      <button
        type="button"
        className="kit-button kit-button-primary"
        disabled={give.isPending || chosen.length === 0 || purpose === '' || region === '' || until === ''}
        onClick={send}
      >
        {say(words.give)}
      </button>
    </section>
  )
}

type SharedLists = {
  told: Array<{
    region: string
    question: string
    purpose: string
    kinds: string[]
    refused: string | null
    at: string
  }>
  taken: Array<{ record: string; reference: string; region: string; answer: string; saidOn: string }>
}

function Shared() {
  const api = useApi()
  const { say, day, moment } = useSpeech()
  const lists = useQuery({
    queryKey: ['what was shared of me'],
    queryFn: () => api.get<SharedLists>(`/services/${serviceId}/shared`),
  })
  return (
    <Loaded query={lists}>
      {({ told, taken }) => (
        <>
          <section className="kit-section" aria-labelledby="told">
            <h2 id="told">{say(words.told)}</h2>
            {told.length === 0 && <Empty>{say(words.none)}</Empty>}
            <ul>
              {told.map(({ region, question, purpose, kinds, refused, at }) => (
                <li key={`${question} ${at}`}>
                  {moment(at)} <RegionName code={region} /> · {wordOf(purposeWords, purpose, say)} ·{' '}
                  {kinds.map((kind) => wordOf(kindWords, kind, say)).join('、')}{' '}
                  {refused !== null && say(words.refused)}
                </li>
              ))}
            </ul>
          </section>
          <section className="kit-section" aria-labelledby="taken">
            <h2 id="taken">{say(words.taken)}</h2>
            {taken.length === 0 && <Empty>{say(words.none)}</Empty>}
            <ul>
              {taken.map(({ record, reference, region, answer, saidOn }) => (
                <li key={`${answer} ${record} ${reference}`}>
                  {day(saidOn)} <RegionName code={region} /> · {wordOf(recordWords, record, say)}{' '}
                  {record === 'contribution' && reference.split(' ').at(-1)}{' '}
                  <span className="kit-quiet kit-code">{answer}</span>
                </li>
              ))}
            </ul>
          </section>
        </>
      )}
    </Loaded>
  )
}
