import { ApiProblem } from '../api.ts'

/** An answer, or `unreachable` where none comes in time: in a lift or at the edge of a valley requests are not refused, they just stay. */
export async function within<Answer>(waitMs: number, answer: Promise<Answer>): Promise<Answer> {
  let timer: number | undefined
  const late = new Promise<never>((_, reject) => {
    timer = window.setTimeout(
      () => reject(new ApiProblem({ title: '', status: 0, detail: '', code: 'unreachable' })),
      waitMs,
    )
  })
  try {
    return await Promise.race([answer, late])
  } finally {
    window.clearTimeout(timer)
  }
}
