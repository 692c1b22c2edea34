import * as z from 'zod/mini'
import { defineWords } from '../../../kit/door.ts'

/** This service's id, for its messages and operations. */
export const serviceId = 'suggestions'

/** The flow of suggestions. */
export const suggestionFlow = 'suggestion'

/** Words that pages of residents and of staff share. */
export const suggestionWords = defineWords({
  written: { zh: '建议', en: 'Suggestion' },
  topic: { zh: '关于', en: 'About' },
  answer: { zh: '答复', en: 'Answer' },
  mayPublish: { zh: '可以公开', en: 'May be published' },
  yes: { zh: '本人同意隐去姓名公开', en: 'yes, without a name' },
  no: { zh: '不公开', en: 'no' },
  reason: { zh: '原因', en: 'Reason' },
})

/** The state of a suggestion as pages read it. */
export const suggestionState = z.object({
  written: z.nullable(z.object({ topic: z.string(), text: z.string(), mayPublish: z.boolean() })),
  answer: z.nullable(z.string()),
})
