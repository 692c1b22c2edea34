import { useQuery } from '@tanstack/react-query'
import { Alert, Button, Card, Space, Tag, Upload } from 'antd'
import {
  type AnswerOf,
  defineWords,
  formatFen,
  type ServicePage,
  useAction,
  useApi,
  useSignedIn,
  useSpeech,
} from '../../../kit/door.ts'
import {
  DataTable,
  dayColumn,
  type Field,
  FieldsForm,
  Loaded,
  ProblemAlert,
  StaffPage,
  useRegionNames,
} from '../../../kit/staff/door.ts'
import { serviceId, type Vacancy, vacancyWords } from './words.ts'

const words = defineWords({
  title: { zh: '就业岗位信息', en: 'Vacancies' },
  summary: {
    zh: '单位发布自己的岗位；经办机构可以批量导入。不得限定性别、民族、宗教信仰和婚育。',
    en: 'Employers publish theirs; the agency imports many. Nobody may be shut out by sex, ethnicity, religion or marriage.',
  },
  publish: { zh: '发布岗位', en: 'Publish a vacancy' },
  payFrom: { zh: '最低月薪（元）', en: 'Pay a month from (CNY)' },
  payTo: { zh: '最高月薪（元）', en: 'Pay a month to (CNY)' },
  count: { zh: '招聘人数', en: 'People wanted' },
  expiresOn: { zh: '截止日期', en: 'Last day' },
  state: { zh: '状态', en: 'State' },
  open: { zh: '招聘中', en: 'open' },
  expired: { zh: '已到期', en: 'expired' },
  filled: { zh: '已招满', en: 'filled' },
  withdrawn: { zh: '已撤下', en: 'withdrawn' },
  close: { zh: '关闭', en: 'Close' },
  import: { zh: '导入（CSV 或 Excel）', en: 'Import (CSV or Excel)' },
  importHelp: {
    zh: '列依次为：统一社会信用代码、岗位、工作内容、工作地点代码、最低月薪、最高月薪、人数、截止日期；第一行是标题。任何一行有错，整份不导入。',
    en: 'Columns in this order: credit code, job, work, region code of the place, pay from, pay to, people wanted, last day; the first row is the header. If any row is wrong, nothing is imported.',
  },
  imported: { zh: '已导入 {count} 个岗位', en: '{count} vacancies imported' },
})

/** The vacancies of an employer, or of an agency's employers: publishing, importing, closing. */
export const page: ServicePage = {
  id: 'job-vacancies',
  title: words.title,
  roles: ['employer_officer', 'accept', 'supervisor'],
  order: 70,
  path: '/vacancies',
  Component: VacanciesPage,
}

const fields: Field[] = [
  { name: 'title', kind: 'text', label: vacancyWords.job, required: true },
  { name: 'work', kind: 'long_text', label: vacancyWords.work, required: true },
  { name: 'place', kind: 'region', label: vacancyWords.place, required: true },
  { name: 'payFromFen', kind: 'money', label: words.payFrom, required: true },
  { name: 'payToFen', kind: 'money', label: words.payTo, required: true },
  { name: 'openings', kind: 'count', label: words.count, required: true },
  { name: 'expiresOn', kind: 'date', label: words.expiresOn, required: true },
]

function VacanciesPage() {
  const { say } = useSpeech()
  const api = useApi()
  const { acting } = useSignedIn()
  const publish = useAction((vacancy: Record<string, unknown>, key) =>
    api.post(`/services/${serviceId}/vacancies`, vacancy, key),
  )
  return (
    <StaffPage title={say(words.title)} summary={say(words.summary)}>
      {acting.role === 'accept' && <ImportCard />}
      {acting.role === 'employer_officer' && (
        <Card size="small" title={say(words.publish)}>
          <FieldsForm
            fields={fields}
            initial={{ openings: 1 }}
            submitLabel={say(words.publish)}
            isSubmitting={publish.isPending}
            onSubmit={(values) => publish.mutate(values)}
          />
          <ProblemAlert error={publish.error} />
        </Card>
      )}
      <OwnVacancies mayClose={acting.role !== 'supervisor'} />
    </StaffPage>
  )
}

const columns = ['creditCode', 'title', 'work', 'place', 'payFrom', 'payTo', 'openings', 'expiresOn'] as const

function ImportCard() {
  const { say } = useSpeech()
  const api = useApi()
  const load = useAction(async (file: File, key) => {
    const form = new FormData()
    form.append('file', file)
    const table = await api.upload<AnswerOf<'POST /files/table'>>('/files/table', form)
    const rows = table.rows.map((row) => Object.fromEntries(columns.map((name, place) => [name, row[place] ?? ''])))
    return api.post<{ imported: number }>(`/services/${serviceId}/import`, { rows }, key)
  })
  return (
    <Card size="small" title={say(words.import)}>
      <Space orientation="vertical">
        <span>{say(words.importHelp)}</span>
        <Upload
          accept=".csv,.xlsx"
          maxCount={1}
          showUploadList={false}
          beforeUpload={(file) => {
            load.mutate(file)
            return false
          }}
        >
          <Button loading={load.isPending}>{say(words.import)}</Button>
        </Upload>
        <ProblemAlert error={load.error} />
        {load.data && <Alert type="success" showIcon title={say(words.imported, { count: load.data.imported })} />}
      </Space>
    </Card>
  )
}

function OwnVacancies({ mayClose }: { mayClose: boolean }) {
  const speech = useSpeech()
  const { say } = speech
  const api = useApi()
  const { today } = useSignedIn()
  const own = useQuery({
    queryKey: ['own vacancies'],
    queryFn: async () => (await api.get<{ items: Vacancy[] }>(`/services/${serviceId}/own`)).items,
  })
  const close = useAction(({ vacancyId, reason }: { vacancyId: string; reason: 'filled' | 'withdrawn' }, key) =>
    api.post(`/services/${serviceId}/vacancies/${vacancyId}/closing`, { reason }, key),
  )
  const regionName = useRegionNames(own.data?.map(({ place }) => place) ?? [])
  const stateOf = ({ closed, expiresOn }: Vacancy) => closed ?? (expiresOn < today ? 'expired' : 'open')
  return (
    <>
      <ProblemAlert error={close.error} />
      <Loaded query={own}>
        {(items) => (
          <DataTable<Vacancy>
            rowKey="vacancyId"
            dataSource={items}
            columns={[
              { title: say(vacancyWords.job), dataIndex: 'title' },
              { title: say(vacancyWords.employer), dataIndex: 'employerName' },
              { title: say(vacancyWords.place), key: 'place', render: (_, { place }) => regionName(place) },
              {
                title: say(vacancyWords.pay),
                key: 'pay',
                render: (_, { payFromFen, payToFen }) => `${formatFen(payFromFen)} – ${formatFen(payToFen)}`,
              },
              { title: say(words.count), dataIndex: 'openings' },
              dayColumn(say(words.expiresOn), ({ expiresOn }) => expiresOn, speech),
              { title: say(words.state), key: 'state', render: (_, row) => <Tag>{say(words[stateOf(row)])}</Tag> },
              {
                title: say(words.close),
                key: 'close',
                render: (_, row) =>
                  mayClose &&
                  stateOf(row) === 'open' &&
                  (['filled', 'withdrawn'] as const).map((reason) => (
                    <Button
                      key={reason}
                      type="link"
                      disabled={close.isPending}
                      onClick={() => close.mutate({ vacancyId: row.vacancyId, reason })}
                    >
                      {say(words[reason])}
                    </Button>
                  )),
              },
            ]}
          />
        )}
      </Loaded>
    </>
  )
}
