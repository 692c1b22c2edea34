import { defineService } from '../contract.ts'
import { answeringFlow, tellDecided } from './elsewhere/answering.ts'
import { askingFlow } from './elsewhere/asking.ts'
import { elsewhereHandlers } from './elsewhere/handlers.ts'
import { isInsured, registrationFlow } from './registration.ts'

/** Online registration for the resident pension, and of flexible workers for the employees' pension (B1.08). */
export const service = defineService({
  id: 'insurance-registration',
  title: { zh: '参保登记', en: 'Registration for pension insurance' },
  summary: {
    zh: '城乡居民养老保险、灵活就业人员养老保险线上参保登记；只问两件事，其余从登记簿读取；人在外地的，转给参保地办理。',
    en: 'Register online for the resident pension or as a flexible worker; two questions, the rest is read from the registers; what belongs to another region is forwarded there.',
  },
  itemCode: 'TB-CN-0005',
  keywords: {
    zh: ['参保', '交社保', '买社保', '灵活就业参保', '居民养老', '新农保', '城居保'],
    en: ['join', 'insure', 'enrol'],
  },
  maturity: 'easy_to_do',
  folder: new URL('./', import.meta.url),
  create(tools) {
    const asking = askingFlow(tools)
    const answering = answeringFlow(tools)
    return {
      flows: [registrationFlow(tools), asking, answering],
      messages: elsewhereHandlers(tools, { asking, answering }),
      routes: [],
      clockwork: [{ name: 'registration-answers', run: (work) => tellDecided(work, tools, answering) }],
      offers: [
        {
          id: 'of-age',
          title: { zh: '您已满十六周岁，可以参保登记', en: 'You are sixteen and may register for a pension' },
          text: {
            zh: '不在校读书的，可以登记参加城乡居民养老保险；做灵活就业的，可以参加职工养老保险。',
            en: 'Unless you are at school, you may join the resident pension, or as a flexible worker the employees’ pension.',
          },
          path: '/services/insurance-registration',
          event: { kind: 'reached_age', years: 16 },
          isDue: async (work, { personId }) => !(await isInsured(work, personId)),
        },
      ],
    }
  },
})
