import { useQuery } from '@tanstack/react-query'
import { defineWords, useAction, useApi, useSpeech } from '../../../kit/door.ts'
import { DataTable, FieldsForm, ProblemAlert } from '../../../kit/staff/door.ts'
import { ClassFile } from './class-file.tsx'
import { TitledPart } from './titled-part.tsx'
import { serviceId, trainingWords } from './words.ts'

const words = defineWords({
  title: { zh: '用工和培训需求', en: 'Vacant posts and wishes' },
  none: { zh: '还没有登记需求', en: 'Nothing is counted yet' },
  vacancies: { zh: '空岗数', en: 'Vacant posts' },
  wishes: { zh: '想参加培训的人数', en: 'People who wish to be trained' },
  source: { zh: '来源', en: 'Source' },
  record: { zh: '登记需求', en: 'Record a count' },
  file: { zh: '导入需求', en: 'Import counts' },
})

type Demand = { occupation: string; vacancies: number; wishes: number; from: string; source: string }

/** What was counted of vacant posts and wishes, by which the catalogue is adjusted (C8.09). */
export function DemandPart({ isInspector }: { isInspector: boolean }) {
  const api = useApi()
  const { say, day } = useSpeech()
  const path = `/services/${serviceId}/demand`
  const demand = useQuery({
    queryKey: ['training demand'],
    queryFn: () => api.get<{ items: Demand[] }>(path),
  })
  const record = useAction((body: object, key) => api.post(path, body, key))
  return (
    <TitledPart title={say(words.title)}>
      <ProblemAlert error={demand.error ?? record.error} />
      <DataTable<Demand>
        rowKey="occupation"
        loading={demand.isPending}
        dataSource={demand.data?.items ?? []}
        emptyText={say(words.none)}
        columns={[
          { title: say(trainingWords.occupation), dataIndex: 'occupation' },
          { title: say(words.vacancies), dataIndex: 'vacancies', align: 'right' },
          { title: say(words.wishes), dataIndex: 'wishes', align: 'right' },
          { title: say(trainingWords.date), key: 'from', render: (_, { from }) => day(from) },
          { title: say(words.source), dataIndex: 'source' },
        ]}
      />
      {isInspector && (
        <>
          <FieldsForm
            key={record.submittedAt * Number(record.isSuccess)}
            fields={[
              { name: 'occupation', kind: 'text', label: trainingWords.occupation, required: true },
              { name: 'vacancies', kind: 'count', label: words.vacancies, required: true },
              { name: 'wishes', kind: 'count', label: words.wishes, required: true },
              { name: 'from', kind: 'date', label: trainingWords.date, required: true },
              { name: 'source', kind: 'text', label: words.source, required: true },
            ]}
            submitLabel={say(words.record)}
            isSubmitting={record.isPending}
            onSubmit={(values) => record.mutate(values)}
          />
          <ClassFile
            label={say(words.file)}
            path={`${path}/list`}
            columns={['职业编码', '空岗数', '意愿人数', '统计日期', '来源']}
          />
        </>
      )}
    </TitledPart>
  )
}
