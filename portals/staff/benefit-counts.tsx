import { Tag } from 'antd'
import { useTeller } from '../../kit/door.ts'

/** How many for each reason, told by the service's sentences. */
export function CountsByReason({ counts, service }: { counts: Readonly<Record<string, number>>; service: string }) {
  const { find } = useTeller(service)
  const entries = Object.entries(counts)
  if (entries.length === 0) return '—'
  return entries.map(([reason, count]) => (
    <Tag key={reason}>
      {find(`reasons.${reason}`) ?? find(reason) ?? reason}: {count}
    </Tag>
  ))
}
