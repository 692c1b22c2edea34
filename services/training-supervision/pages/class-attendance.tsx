import { Button } from 'antd'
import { useState } from 'react'
import { defineWords, useAction, useApi, useSpeech } from '../../../kit/door.ts'
import { DataTable, FieldsForm, ProblemAlert } from '../../../kit/staff/door.ts'
import { ClassFile } from './class-file.tsx'
import type { Marks } from './class-marks.tsx'
import { TitledPart } from './titled-part.tsx'
import { type ClassView, serviceId, trainingWords } from './words.ts'

const words = defineWords({
  came: { zh: '签到', en: 'Came' },
  left: { zh: '签退', en: 'Left' },
  device: { zh: '设备', en: 'Device' },
  terminal: { zh: '考勤机', en: 'terminal' },
  phone: { zh: '手机', en: 'telephone' },
  none: { zh: '还没有考勤', en: 'No attendance yet' },
  import: { zh: '导入考勤', en: 'Import attendance' },
  corrected: { zh: '已更正，不计：{reason}', en: 'corrected, does not count: {reason}' },
  correction: { zh: '更正后的记录', en: 'corrects another' },
  correct: { zh: '更正', en: 'Correct' },
  correctTitle: { zh: '更正 {name} {when} 的考勤', en: 'Correct the attendance of {name}, {when}' },
  kept: {
    zh: '原记录和理由都会保留，主管部门看得到；更正多的班会被提示核对。',
    en: 'The record and the reason are kept; supervision sees them, and much that is corrected is looked into.',
  },
  wasThere: { zh: '当天是否到课', en: 'Were they there that day?' },
  there: { zh: '到课，时间有误', en: 'yes, at other times' },
  absent: { zh: '没有到课', en: 'no' },
})

type Attendance = ClassView['attendance'][number]

/** Who came and left; the institution imports it, and corrects what was reported wrongly. */
export function ClassAttendance({ view, marks, isOwn }: { view: ClassView; marks: Marks; isOwn: boolean }) {
  const { say, moment } = useSpeech()
  const [wrong, setWrong] = useState<Attendance>()
  const nameOf = new Map(view.trainees.map(({ personId, name }) => [personId, name]))
  return (
    <div className="staff-stack">
      {isOwn && (
        <ClassFile
          label={say(words.import)}
          path={`/services/${serviceId}/classes/${view.classId}/attendance`}
          columns={['证件号码', '日期', '签到', '签退', '设备', '设备类型', '纬度', '经度']}
        />
      )}
      {wrong && (
        <Correction
          key={wrong.id}
          classId={view.classId}
          wrong={wrong}
          name={nameOf.get(wrong.personId) ?? '—'}
          done={() => setWrong(undefined)}
        />
      )}
      <DataTable<Attendance>
        rowKey="id"
        dataSource={view.attendance}
        emptyText={say(words.none)}
        columns={[
          { title: say(trainingWords.name), key: 'name', render: (_, { personId }) => nameOf.get(personId) ?? '—' },
          { title: say(words.came), key: 'in', render: (_, { inAt }) => moment(inAt) },
          { title: say(words.left), key: 'out', render: (_, { outAt }) => moment(outAt) },
          {
            title: say(words.device),
            key: 'device',
            render: (_, { device, isTerminal }) => `${device}（${say(isTerminal ? words.terminal : words.phone)}）`,
          },
          {
            title: '',
            key: 'state',
            render: (_, each) => (
              <>
                {marks(each.id)}
                {each.corrects !== null && `${say(words.correction)} `}
                {each.corrected !== null
                  ? say(words.corrected, { reason: each.corrected })
                  : isOwn && (
                      <Button size="small" onClick={() => setWrong(each)}>
                        {say(words.correct)}
                      </Button>
                    )}
              </>
            ),
          },
        ]}
      />
    </div>
  )
}

type CorrectionProps = { classId: string; wrong: Attendance; name: string; done: () => void }

function Correction({ classId, wrong, name, done }: CorrectionProps) {
  const api = useApi()
  const { say, moment } = useSpeech()
  const correct = useAction(
    (body: object, key) =>
      api.post(`/services/${serviceId}/classes/${classId}/attendance/${wrong.id}/correction`, body, key),
    { onSuccess: done },
  )
  const askedWhen = { field: 'wasThere', is: ['there'] }
  return (
    <TitledPart title={say(words.correctTitle, { name, when: moment(wrong.inAt) })}>
      <p className="kit-quiet">{say(words.kept)}</p>
      <ProblemAlert error={correct.error} />
      <FieldsForm
        fields={[
          {
            ...{ name: 'wasThere', kind: 'choice', label: words.wasThere, required: true },
            options: (['there', 'absent'] as const).map((value) => ({ value, label: words[value] })),
          },
          { name: 'came', kind: 'text', label: words.came, required: true, help: trainingWords.timeHint, askedWhen },
          { name: 'left', kind: 'text', label: words.left, required: true, help: trainingWords.timeHint, askedWhen },
          { name: 'reason', kind: 'text', label: trainingWords.reason, required: true },
        ]}
        submitLabel={say(words.correct)}
        isSubmitting={correct.isPending}
        onSubmit={({ wasThere, came, left, reason }) =>
          correct.mutate({ reason, times: wasThere === 'there' ? { came, left } : null })
        }
      />
    </TitledPart>
  )
}
