import { z } from 'zod'
import { schemaDate, schemaId, schemaRegion } from '../../ground/door.ts'
import {
  assign,
  assignmentsOf,
  createUser,
  endAssignment,
  exclusivePairs,
  findEmployers,
  findInstitutions,
  findUserByLogin,
  getEmployer,
  getInstitution,
  institutionKinds,
  listRoles,
  registerEmployer,
  registerInstitution,
  schemaBankAccount,
  schemaNewAssignment,
  schemaNewEmployer,
  schemaNewInstitution,
  schemaNewUser,
  setBankAccount,
} from '../../people/door.ts'
import { type ServiceRoute, serviceRoute } from '../../services/contract.ts'
import { assignmentViews } from './assignment-views.ts'
import {
  done,
  queryLimit,
  schemaAssignment,
  schemaBoth,
  schemaDone,
  schemaEmployer,
  schemaInstitution,
} from './shapes.ts'

/** Bodies and the people who act for them: employers, institutions, users, their assignments and exclusive roles. */
export function officeRoutes(): ServiceRoute[] {
  return [...employerRoutes(), ...institutionRoutes(), ...roleRoutes(), ...assignmentRoutes()]
}

function employerRoutes(): ServiceRoute[] {
  return [
    serviceRoute({
      method: 'GET',
      path: '/employers',
      title: { zh: '查找单位', en: 'Find employers by name or credit code' },
      callers: ['signed_in'],
      query: z.object({ text: z.string().trim().min(1).max(100), limit: queryLimit(50).default(20) }),
      answer: z.object({ items: z.array(schemaEmployer) }),
      handle: async (work, { query }) => ({ items: await findEmployers(work, query) }),
    }),
    serviceRoute({
      method: 'GET',
      path: '/employers/:employerId',
      title: { zh: '单位信息', en: 'An employer' },
      callers: ['signed_in'],
      params: z.object({ employerId: schemaId }),
      answer: schemaEmployer,
      handle: (work, { params }) => getEmployer(work, params.employerId),
    }),
    serviceRoute({
      method: 'POST',
      path: '/employers',
      title: { zh: '登记单位', en: 'Register an employer' },
      callers: ['accept'],
      body: schemaNewEmployer,
      answer: z.object({ employerId: schemaId, existing: z.boolean() }),
      handle: (work, { body }) => registerEmployer(work, body),
    }),
  ]
}

function institutionRoutes(): ServiceRoute[] {
  const params = z.object({ institutionId: schemaId })
  return [
    serviceRoute({
      method: 'GET',
      path: '/institutions',
      title: { zh: '协议机构', en: 'Institutions of a region and kind' },
      callers: ['public'],
      query: z.object({ region: schemaRegion.exactOptional(), kind: z.enum(institutionKinds).exactOptional() }),
      answer: z.object({ items: z.array(schemaInstitution) }),
      handle: async (work, { query }) => ({ items: await findInstitutions(work, query) }),
    }),
    serviceRoute({
      method: 'GET',
      path: '/institutions/:institutionId',
      title: { zh: '机构信息', en: 'An institution' },
      callers: ['public'],
      params,
      answer: schemaInstitution,
      handle: (work, input) => getInstitution(work, input.params.institutionId),
    }),
    serviceRoute({
      method: 'POST',
      path: '/institutions',
      title: { zh: '登记机构', en: 'Register an institution' },
      callers: ['accept'],
      body: schemaNewInstitution,
      answer: z.object({ institutionId: schemaId }),
      handle: async (work, { body }) => ({ institutionId: await registerInstitution(work, body) }),
    }),
    serviceRoute({
      method: 'POST',
      path: '/institutions/:institutionId/bank-account',
      title: { zh: '登记机构收款账户', en: 'Record where an institution is paid from a day on' },
      callers: ['accept'],
      params,
      body: schemaBankAccount,
      answer: schemaDone,
      async handle(work, input) {
        await setBankAccount(work, input.params.institutionId, input.body)
        return done
      },
    }),
  ]
}

function roleRoutes(): ServiceRoute[] {
  return [
    serviceRoute({
      method: 'GET',
      path: '/roles',
      title: { zh: '岗位及互斥关系', en: 'Roles, and which exclude each other' },
      callers: ['signed_in'],
      answer: z.object({
        roles: z.array(
          z.object({ code: z.string(), kind: z.string(), duty: z.string().nullable(), title: schemaBoth }),
        ),
        exclusivePairs: z.array(
          z.object({ first: z.string(), second: z.string(), source: z.string(), assumed: z.boolean() }),
        ),
      }),
      handle: async (work) => ({ roles: await listRoles(work), exclusivePairs: await exclusivePairs(work) }),
    }),
  ]
}

function assignmentRoutes(): ServiceRoute[] {
  const callers = ['permission_admin']
  return [
    serviceRoute({
      method: 'GET',
      path: '/users',
      title: { zh: '按登录名查找账号', en: 'Find an account by its login' },
      callers,
      query: z.object({ login: z.string().trim().min(1).max(64) }),
      answer: z.object({
        items: z.array(z.object({ userId: schemaId, login: z.string(), displayName: z.string() })),
      }),
      async handle(work, { query }) {
        const found = await findUserByLogin(work, query.login)
        return { items: found ? [found] : [] }
      },
    }),
    serviceRoute({
      method: 'POST',
      path: '/users',
      title: { zh: '建立账号', en: 'Make an account' },
      callers,
      body: schemaNewUser.omit({ personId: true }),
      answer: z.object({ userId: schemaId }),
      handle: async (work, { body }) => ({ userId: await createUser(work, body) }),
    }),
    serviceRoute({
      method: 'GET',
      path: '/users/:userId/assignments',
      title: { zh: '账号的岗位', en: 'The assignments of a user on a day' },
      callers,
      params: z.object({ userId: schemaId }),
      query: z.object({ on: schemaDate.exactOptional() }),
      answer: z.object({ items: z.array(schemaAssignment) }),
      handle: async (work, { params, query: { on = work.today } }) => ({
        items: await assignmentViews(work, await assignmentsOf(work, params.userId, on)),
      }),
    }),
    serviceRoute({
      method: 'POST',
      path: '/assignments',
      title: { zh: '授予岗位', en: 'Give a user a role' },
      callers,
      body: schemaNewAssignment,
      answer: z.object({ assignmentId: schemaId }),
      handle: async (work, { body }) => ({ assignmentId: await assign(work, body) }),
    }),
    serviceRoute({
      method: 'POST',
      path: '/assignments/:assignmentId/end',
      title: { zh: '终止岗位', en: 'End an assignment' },
      callers,
      params: z.object({ assignmentId: schemaId }),
      body: z.strictObject({ to: schemaDate }),
      answer: schemaDone,
      async handle(work, { params, body }) {
        await endAssignment(work, { ...params, ...body })
        return done
      },
    }),
  ]
}
