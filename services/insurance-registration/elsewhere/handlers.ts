import { unlessCrossed } from '../../../cases/door.ts'
import { defineHandler, type MessageHandler } from '../../../exchange/door.ts'
import type { ServiceTools } from '../../contract.ts'
import { type answeringFlow, hearForwarded } from './answering.ts'
import { type askingFlow, hearAnswer } from './asking.ts'
import { answeredMessage, forwardedMessage, messageKinds } from './messages-between.ts'

/** The flows of both sides; every node plays the part that a message asks for. */
export type ElsewhereFlows = { asking: ReturnType<typeof askingFlow>; answering: ReturnType<typeof answeringFlow> }

/** What a node does with a registration that was forwarded to it, and with an answer to one of its own. */
export function elsewhereHandlers(tools: ServiceTools, { asking, answering }: ElsewhereFlows): MessageHandler[] {
  return [
    defineHandler({
      kind: messageKinds.forwarded,
      version: 1,
      schema: forwardedMessage,
      handle: (work, { from, id, body }) =>
        unlessCrossed(hearForwarded(work, tools, answering, { from, messageId: id, said: body })),
    }),
    defineHandler({
      kind: messageKinds.answered,
      version: 1,
      schema: answeredMessage,
      handle: (work, { from, id, body }) =>
        unlessCrossed(hearAnswer(work, tools, asking, { from, messageId: id, answer: body })),
    }),
  ]
}
