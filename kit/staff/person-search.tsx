import { useQuery } from '@tanstack/react-query'
import { Button, Form, Input, Radio, Space } from 'antd'
import { useState } from 'react'
import type { Person } from '../api-types.ts'
import { useSpeech } from '../language.tsx'
import { useApi } from '../node-context.tsx'
import { defineWords } from '../words.ts'
import { DataTable } from './data-table.tsx'
import { Loaded } from './loaded.tsx'

const words = defineWords({
  by: { zh: '查找方式', en: 'Find by' },
  byText: { zh: '姓名或身份证号', en: 'name or identity number' },
  byCard: { zh: '社保卡号', en: 'card number' },
  text: { zh: '查找内容', en: 'Search for' },
  search: { zh: '查找', en: 'Find' },
  logged: {
    zh: '查找会留痕，本人可以看到谁、因何查看。',
    en: 'Every search is logged; the person can see who looked and why.',
  },
  nobody: { zh: '没有找到，或不在本岗位可查看的范围', en: 'Nobody found, or outside what this post may see' },
  name: { zh: '姓名', en: 'Name' },
  number: { zh: '身份证号', en: 'Identity number' },
  birth: { zh: '出生日期', en: 'Born' },
  phone: { zh: '电话', en: 'Phone' },
  choose: { zh: '选择', en: 'Choose' },
})

type Search = { text?: string; card?: string }

/** Finds a person by name, identity number or card, for a purpose that is kept in the person's access log. */
export function PersonSearch({ purpose, onChoose }: { purpose: string; onChoose: (person: Person) => void }) {
  const { say, day } = useSpeech()
  const api = useApi()
  const [search, setSearch] = useState<Search>()
  const found = useQuery({
    queryKey: ['people', search, purpose],
    queryFn: () => api.get<{ items: Person[] }>('/people', { ...search, purpose }),
    enabled: search !== undefined,
  })
  return (
    <Space orientation="vertical" style={{ width: '100%' }}>
      <Form<{ by: 'text' | 'card'; words: string }>
        layout="inline"
        initialValues={{ by: 'text' }}
        onFinish={(typed) =>
          setSearch(typed.by === 'card' ? { card: typed.words.trim() } : { text: typed.words.trim() })
        }
      >
        <Form.Item name="by" label={say(words.by)} style={{ maxWidth: '100%' }}>
          <Radio.Group
            style={{ flexWrap: 'wrap' }}
            options={[
              { value: 'text', label: say(words.byText) },
              { value: 'card', label: say(words.byCard) },
            ]}
          />
        </Form.Item>
        <Form.Item name="words" label={say(words.text)} rules={[{ required: true, message: say(words.text) }]}>
          <Input autoComplete="off" />
        </Form.Item>
        <Button type="primary" htmlType="submit">
          {say(words.search)}
        </Button>
      </Form>
      <span className="staff-quiet">{say(words.logged)}</span>
      {search && (
        <Loaded query={found} isEmpty={({ items }) => items.length === 0} emptyText={say(words.nobody)}>
          {({ items }) => (
            <DataTable<Person>
              rowKey="personId"
              dataSource={items}
              columns={[
                { title: say(words.name), dataIndex: 'name' },
                { title: say(words.number), dataIndex: 'idNumberMasked' },
                { title: say(words.birth), key: 'birth', render: (_, person) => day(person.birthOn) },
                { title: say(words.phone), key: 'phone', render: (_, person) => person.phoneMasked ?? '—' },
                {
                  title: '',
                  key: 'choose',
                  render: (_, person) => (
                    <Button size="small" onClick={() => onChoose(person)}>
                      {say(words.choose)}
                    </Button>
                  ),
                },
              ]}
            />
          )}
        </Loaded>
      )}
    </Space>
  )
}
