import type { UseQueryResult } from '@tanstack/react-query'
import { Button, Empty, Skeleton, Space } from 'antd'
import type { ReactNode } from 'react'
import { ApiProblem } from '../api.ts'
import { useSpeech } from '../language.tsx'
import { commonWords } from '../words.ts'
import { ProblemAlert } from './problem-alert.tsx'

/** Shows what a query answered, and meanwhile that it loads, that it failed (with a way to try again) or that there is nothing. */
export function Loaded<Data>(props: {
  query: UseQueryResult<Data>
  children: (data: Data) => ReactNode
  isEmpty?: (data: Data) => boolean
  /** What is said when there is nothing. */
  emptyText?: string
}) {
  const { query, children, isEmpty, emptyText } = props
  const { say } = useSpeech()
  if (query.data !== undefined) {
    if (isEmpty?.(query.data)) return <Empty description={emptyText ?? say(commonWords.nothing)} />
    return children(query.data)
  }
  if (query.error) {
    // What was refused stays refused, however often it is asked.
    const isRefused =
      query.error instanceof ApiProblem && query.error.problem.status >= 400 && query.error.problem.status < 500
    return (
      <Space orientation="vertical">
        <ProblemAlert error={query.error} />
        {!isRefused && <Button onClick={() => query.refetch()}>{say(commonWords.retry)}</Button>}
      </Space>
    )
  }
  return <Skeleton active paragraph={{ rows: 4 }} aria-label={say(commonWords.loading)} />
}
