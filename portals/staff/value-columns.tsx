import type { TableColumnType } from 'antd'
import { defineWords, useSpeech, useTeller } from '../../kit/door.ts'
import { dayColumn, Quantity, useRegionNames } from '../../kit/staff/door.ts'

const words = defineWords({
  name: { zh: '参数', en: 'Value' },
  region: { zh: '地区', en: 'Region' },
  value: { zh: '值', en: 'Value' },
  from: { zh: '起', en: 'From' },
})

/** A value that was proposed or published, as tables show it. */
type ShownValue = {
  name: string
  region: string
  value: Parameters<typeof Quantity>[0]['value']
  unit: string
  from: string
}

/** The columns that tell which value, where, how much, from when; `values` are the rows, whose regions are named. */
export function useValueColumns<Row extends ShownValue>(
  service: string,
  values: readonly Row[],
): Array<TableColumnType<Row>> {
  const speech = useSpeech()
  const { say } = speech
  const { find } = useTeller(service)
  const regionName = useRegionNames(values.map(({ region }) => region))
  return [
    { title: say(words.name), key: 'name', render: (_, { name }) => find(`values.${name}`) ?? name },
    { title: say(words.region), key: 'region', render: (_, { region }) => regionName(region) },
    {
      title: say(words.value),
      key: 'value',
      render: (_, { value, unit }) => (
        <Quantity value={value} unit={unit} keyInWords={(key) => find(`choices.${key}`) ?? key} />
      ),
    },
    dayColumn(say(words.from), ({ from }) => from, speech),
  ]
}
