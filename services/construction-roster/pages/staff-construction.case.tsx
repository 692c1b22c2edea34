import { useQuery } from '@tanstack/react-query'
import { Alert, Button, Input } from 'antd'
import { useState } from 'react'
import * as z from 'zod/mini'
import {
  type CasePartProps,
  defineWords,
  liveOn,
  RegionName,
  type StepFormProps,
  useApi,
  useSpeech,
} from '../../../kit/door.ts'
import { DataTable, dayColumn, FactList, Loaded, type StaffCasePart, stepForm } from '../../../kit/staff/door.ts'

const words = defineWords({
  project: { zh: '项目名称', en: 'Project' },
  site: { zh: '项目所在地', en: 'Site' },
  onSite: { zh: '在场 {count} 人', en: '{count} on site' },
  nobody: { zh: '还没有申报工人', en: 'Nobody has been declared yet' },
  name: { zh: '姓名', en: 'Name' },
  number: { zh: '身份证号', en: 'Identity number' },
  trade: { zh: '工种', en: 'Trade' },
  covered: { zh: '工伤保险生效日', en: 'Covered from' },
  lines: { zh: '进场工人，每行一人：身份证号 姓名 工种', en: 'Workers, one a line: identity number, name, trade' },
  help: {
    zh: '可以从表格中复制后粘贴。整份名单一次生效：有一人不符合，谁也不登记。',
    en: 'Paste them from a sheet. The list takes effect as a whole: if one cannot be entered, nobody is.',
  },
  unread: {
    zh: '第 {line} 行读不出来：要有身份证号、姓名和工种',
    en: 'Line {line} cannot be read: it needs number, name and trade',
  },
  declare: { zh: '申报 {count} 人进场', en: 'Declare {count} on site' },
  leaving: { zh: '退场工人', en: 'Who has left' },
  left: { zh: '已退场', en: 'Has left' },
  close: { zh: '项目竣工', en: 'Close the project' },
})

type Worker = { personId: string; name: string; idNumberMasked: string; trade: string; coveredFrom: string }
type Roster = { workers: Worker[] }

const projectState = z.object({ projectName: z.nullable(z.string()), siteRegion: z.nullable(z.string()) })

function useRoster(caseId: string, seq: number) {
  const api = useApi()
  return useQuery({
    queryKey: ['roster', caseId, seq],
    queryFn: () => api.get<Roster>(`/services/construction-roster/projects/${caseId}/roster`),
    meta: liveOn('cases'),
  })
}

function ProjectFacts({ view }: CasePartProps) {
  const speech = useSpeech()
  const { say } = speech
  const { projectName, siteRegion } = z.parse(projectState, view.file.state)
  const roster = useRoster(view.file.id, view.file.seq)
  return (
    <div className="staff-stack">
      <FactList
        facts={[
          { label: say(words.project), value: projectName },
          { label: say(words.site), value: siteRegion && <RegionName code={siteRegion} /> },
        ]}
      />
      <Loaded query={roster}>
        {({ workers }) => (
          <DataTable<Worker>
            rowKey="personId"
            title={() => <strong>{say(words.onSite, { count: workers.length })}</strong>}
            dataSource={workers}
            emptyText={say(words.nobody)}
            columns={[
              { title: say(words.name), dataIndex: 'name' },
              { title: say(words.number), dataIndex: 'idNumberMasked' },
              { title: say(words.trade), dataIndex: 'trade' },
              dayColumn(say(words.covered), ({ coveredFrom }) => coveredFrom, speech),
            ]}
          />
        )}
      </Loaded>
    </div>
  )
}

/** A list as it is pasted: parts of a line stand apart by tabs, commas or blanks. */
function readWorkers(text: string) {
  const lines = text.split('\n').map((line) => line.trim().split(/[\s,，、]+/))
  return lines.flatMap((parts, index) => {
    if (parts.join('') === '') return []
    const [idNumber, name, ...trade] = parts
    const isWhole = idNumber !== undefined && name !== undefined && trade.length > 0
    return [isWhole ? { idNumber, name, trade: trade.join(' ') } : { unreadLine: index + 1 }]
  })
}

function DeclareForm({ isTaking, take }: StepFormProps) {
  const { say } = useSpeech()
  const [text, setText] = useState('')
  const read = readWorkers(text)
  const workers = read.filter((each) => !('unreadLine' in each))
  const unread = read.find((each) => 'unreadLine' in each)
  return (
    <div className="staff-stack">
      <label htmlFor="workers">{say(words.lines)}</label>
      <Input.TextArea id="workers" rows={5} value={text} onChange={({ target }) => setText(target.value)} />
      <span className="staff-quiet">{say(words.help)}</span>
      {unread && 'unreadLine' in unread && (
        <Alert type="warning" showIcon title={say(words.unread, { line: unread.unreadLine ?? 0 })} />
      )}
      <Button
        type="primary"
        loading={isTaking}
        disabled={workers.length === 0 || unread !== undefined}
        onClick={() => take({ workers })}
      >
        {say(words.declare, { count: workers.length })}
      </Button>
    </div>
  )
}

function LeaveForm({ view, isTaking, take }: StepFormProps) {
  const { say } = useSpeech()
  const roster = useRoster(view.file.id, view.file.seq)
  return (
    <Loaded query={roster} isEmpty={({ workers }) => workers.length === 0} emptyText={say(words.nobody)}>
      {({ workers }) => (
        <ul aria-label={say(words.leaving)} className="staff-found">
          {workers.map(({ personId, name, trade }) => (
            <li key={personId}>
              {name} · {trade}{' '}
              <Button size="small" loading={isTaking} onClick={() => take({ personId })}>
                {say(words.left)}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </Loaded>
  )
}

/** A building project: who is on site, and the daily declaration of who comes and goes. */
export const casePart: StaffCasePart = {
  flow: 'construction-roster',
  Facts: ProjectFacts,
  stepForms: {
    declare: DeclareForm,
    leave: LeaveForm,
    close: stepForm({ fields: [], submitLabel: words.close, isDangerous: true }),
  },
}
