import { z } from 'zod'
import {
  BadInput,
  findMessage,
  type Language,
  type Messages,
  OperatingFailure,
  Refusal,
  renderMessage,
} from '../../ground/door.ts'
import { type FieldLabels, tellWrongEntry } from './wrong-entries.ts'

/** An error as RFC 9457 describes it, in the reader's language. `advice` says what the person can do; `clause` what it stands on. */
export const schemaProblem = z
  .object({
    type: z.string().describe('urn:tongban:problem:<code>'),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    code: z.string(),
    clause: z.string().optional(),
    advice: z.string().optional(),
    params: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])).optional(),
    problems: z
      .array(
        z.object({
          path: z.string(),
          expected: z.string(),
          found: z.string(),
          label: z.string().optional().describe('the name of the field, where there are words for it'),
          sentence: z.string().describe('what is wrong and what to enter, in the language of the reader'),
        }),
      )
      .optional(),
  })
  .meta({ id: 'Problem' })

/** See `schemaProblem`. */
export type ProblemDetails = z.infer<typeof schemaProblem>

/** Refusals that are not simply "the rules say no" (422). */
const refusalStatus = new Map([
  ['not_signed_in', 401],
  ['credentials_wrong', 401],
  ['account_locked', 403],
  ['passkey_challenge_over', 401],
  ['passkey_unknown', 401],
  ['passkey_wrong', 401],
  ['passkey_copied', 401],
  ['caller_not_allowed', 403],
  ['authority_over', 403],
  ['outside_authority', 403],
  ['not_your_step', 403],
  ['not_yours_to_open', 403],
  ['same_officer_excluded', 403],
  ['permission_admin_only', 403],
  ['register_writer_needed', 403],
  ['outside_own_agency', 403],
  ['csrf_token_wrong', 403],
  ['metrics_token_wrong', 403],
  ['origin_not_allowed', 403],
  ['row_of_others', 403],
  ['person_unknown', 404],
  ['employer_unknown', 404],
  ['institution_unknown', 404],
  ['user_unknown', 404],
  ['assignment_unknown', 404],
  ['authority_unknown', 404],
  ['idempotency_key_reused', 409],
  ['transfer_key_reused', 409],
  ['case_changed_meanwhile', 409],
  ['request_cancelled', 409],
])

/** What fastify itself refuses before a route runs, by HTTP status. */
const requestErrorCode = new Map([
  [400, 'request_malformed'],
  [404, 'route_not_found'],
  [413, 'request_too_large'],
  [415, 'media_type_not_supported'],
  [429, 'too_many_requests'],
])

/** What PostgreSQL reports when the same request may simply be sent again: serialisation, deadlock, shutdown, no connection. */
const retriableSqlStates = /^(40001|40P01|57P0[123]|08\w{3}|53300)$/
const rowSecuritySqlState = '42501'

/** Seconds after which a request that met an operating failure should be sent again. */
export const retryAfterSeconds = 3

/**
 * What an error means to the caller. What is not a refusal, bad input or an operating failure is a defect: 500, and nothing of it is
 * told (`isDefect`); the caller logs it.
 */
export function problemDetails(
  thrown: unknown,
  language: Language,
  messages: Messages,
  labels: FieldLabels = () => undefined,
): ProblemDetails & { isDefect: boolean } {
  const error = asHouseError(thrown)
  const describe = (kind: string, status: number, code: string, params = {}) => ({
    type: `urn:tongban:problem:${code}`,
    title: renderMessage(messages, language, `problem.${kind}`),
    status,
    detail: renderMessage(messages, language, code, params),
    code,
    ...optional('advice', findMessage(messages, language, `${code}.advice`, params)),
    isDefect: kind === 'defect',
  })
  if (error instanceof BadInput) {
    const problems = error.problems.map((problem) => tellWrongEntry(problem, language, messages, labels))
    return { ...describe('bad_input', 400, error.code), problems }
  }
  if (error instanceof Refusal) {
    const problem = describe('refused', statusOfRefusal(error.code), error.code, error.params)
    return { ...problem, ...optional('clause', error.clause), params: error.params }
  }
  if (error instanceof OperatingFailure) return describe('failure', 503, error.code, error.params)
  const status = requestStatus(error)
  if (status !== undefined) return describe('bad_request', status, requestErrorCode.get(status) ?? 'request_malformed')
  return describe('defect', 500, 'broken_invariant')
}

/** The HTTP status of a refusal code. `..._not_found` is 404; what has no other is 422. */
export function statusOfRefusal(code: string): number {
  return refusalStatus.get(code) ?? (code.endsWith('_not_found') ? 404 : 422)
}

/** Errors of the database driver that mean something to a caller, in the house's kinds. */
function asHouseError(error: unknown): unknown {
  const code = sqlStateOf(error)
  if (code === undefined) return error
  if (retriableSqlStates.test(code) || code === 'ECONNREFUSED' || code === 'ECONNRESET') {
    return new OperatingFailure('database_unreachable', {}, { cause: error })
  }
  return code === rowSecuritySqlState ? new Refusal('row_of_others') : error
}

function sqlStateOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
}

function requestStatus(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('statusCode' in error) || typeof error.statusCode !== 'number') return undefined
  return error.statusCode >= 400 && error.statusCode < 500 ? error.statusCode : undefined
}

function optional<Key extends string>(key: Key, value: string | undefined): { [K in Key]?: string } {
  const found: { [K in Key]?: string } = {}
  if (value !== undefined) found[key] = value
  return found
}
