import { useQuery } from '@tanstack/react-query'
import { Button, Form, Input } from 'antd'
import { useState } from 'react'
import type { AnswerOf, Employer } from '../api-types.ts'
import { useSpeech } from '../language.tsx'
import { useApi } from '../node-context.tsx'
import { defineWords } from '../words.ts'
import { DataTable } from './data-table.tsx'
import { Loaded } from './loaded.tsx'

const words = defineWords({
  text: { zh: '单位名称或统一社会信用代码', en: 'Name or credit code' },
  search: { zh: '查找', en: 'Find' },
  nobody: { zh: '没有找到单位', en: 'No employer found' },
  name: { zh: '单位名称', en: 'Name' },
  code: { zh: '统一社会信用代码', en: 'Credit code' },
  choose: { zh: '选择', en: 'Choose' },
})

/** Finds an employer by a part of its name or its credit code. */
export function EmployerSearch({ onChoose }: { onChoose: (employer: Employer) => void }) {
  const { say } = useSpeech()
  const api = useApi()
  const [text, setText] = useState('')
  const found = useQuery({
    queryKey: ['employers', text],
    queryFn: () => api.get<AnswerOf<'GET /employers'>>('/employers', { text }),
    enabled: text !== '',
  })
  return (
    <div className="staff-stack">
      <Form<{ text: string }> layout="inline" onFinish={(typed) => setText(typed.text.trim())}>
        <Form.Item name="text" label={say(words.text)} rules={[{ required: true, message: say(words.text) }]}>
          <Input autoComplete="off" />
        </Form.Item>
        <Button type="primary" htmlType="submit">
          {say(words.search)}
        </Button>
      </Form>
      {text !== '' && (
        <Loaded query={found} isEmpty={({ items }) => items.length === 0} emptyText={say(words.nobody)}>
          {({ items }) => (
            <DataTable<Employer>
              rowKey="employerId"
              dataSource={items}
              columns={[
                { title: say(words.name), dataIndex: 'name' },
                { title: say(words.code), dataIndex: 'creditCode' },
                {
                  title: '',
                  key: 'choose',
                  render: (_, employer) => (
                    <Button size="small" onClick={() => onChoose(employer)}>
                      {say(words.choose)}
                    </Button>
                  ),
                },
              ]}
            />
          )}
        </Loaded>
      )}
    </div>
  )
}
