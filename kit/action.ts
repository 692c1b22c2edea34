import { type UseMutationResult, useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import { ApiProblem } from './api.ts'
import { randomKey } from './random-key.ts'

/**
 * Something a person wants done: `const submit = useAction((form: Form, key) => api.post('/cases', form, key))`, then `submit.mutate(form)`. The
 * key belongs to the wish and not to the request: it stays the same through retries, by themselves (where no answer came) or by another press
 * of the button, until an answer came or something else is asked. Afterwards everything shown is read anew.
 */
export function useAction<Input, Answer>(
  act: (input: Input, key: string) => Promise<Answer>,
  options: { onSuccess?: (answer: Answer, input: Input) => void } = {},
): UseMutationResult<Answer, Error, Input> {
  const queries = useQueryClient()
  const wish = useRef<{ content: string; key: string } | undefined>(undefined)
  const keyOf = (input: Input): string => {
    const content = JSON.stringify(input) ?? ''
    if (wish.current?.content !== content) wish.current = { content, key: randomKey() }
    return wish.current.key
  }
  return useMutation({
    mutationFn: (input: Input) => act(input, keyOf(input)),
    retry: (failures, error) => failures < 3 && error instanceof ApiProblem && error.isPassing,
    retryDelay: (failures) => 500 * 2 ** failures,
    async onSuccess(answer, input) {
      wish.current = undefined
      await queries.invalidateQueries()
      options.onSuccess?.(answer, input)
    },
  })
}
