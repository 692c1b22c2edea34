import { z } from 'zod'
import { schemaDate, schemaFen, schemaId, schemaInstant } from '../../ground/door.ts'
import {
  beginEmployment,
  benefitSpellsOf,
  certificateKinds,
  certificatesOf,
  changePost,
  contributionsOf,
  employerContributions,
  employerCorrections,
  employmentsOf,
  endEmployment,
  entityKinds,
  getEmployerFacts,
  insurances,
  listEndReasons,
  recordCertificate,
  recordEmployerContributions,
  recordEmployerProfile,
  recordPersonContributions,
  revokeCertificate,
  schemaEmployerMonth,
  schemaEmployerProfile,
  schemaEmploymentEnd,
  schemaMonth,
  schemaNewCertificate,
  schemaNewEmployment,
  schemaPersonMonth,
  schemaPostChange,
  sizeClasses,
} from '../../people/door.ts'
import { type ServiceRoute, serviceRoute } from '../../services/contract.ts'
import { done, schemaBoth, schemaDone, schemaPurpose } from './shapes.ts'

const personParams = z.object({ personId: schemaId })
const employerParams = z.object({ employerId: schemaId })
const employmentParams = z.object({ employmentId: schemaId })
const purposeQuery = z.object({ purpose: schemaPurpose })
const insuranceQuery = z.object({ insurance: z.enum(insurances) })
const rowsMax = 20_000
const schemaRecorded = z.object({ written: z.int(), unchanged: z.int() })

/** What registers hold of work: contributions, employments and their ends, certificates, benefits; so that no form asks for it. */
export function workRecordRoutes(): ServiceRoute[] {
  return [...employerRoutes(), ...personRoutes(), ...employmentRoutes(), ...certificateRoutes(), ...importRoutes()]
}

function employerRoutes(): ServiceRoute[] {
  const readers = ['staff', 'employer']
  return [
    serviceRoute({
      method: 'GET',
      path: '/employers/:employerId/contribution-records',
      title: { zh: '单位逐月缴费', en: "An employer's contributions month by month" },
      callers: readers,
      params: employerParams,
      query: insuranceQuery.extend({ from: schemaMonth, to: schemaMonth }),
      answer: z.object({ items: z.array(schemaEmployerMonth) }),
      handle: async (work, { params, query }) => ({
        items: await employerContributions(work, params.employerId, query),
      }),
    }),
    serviceRoute({
      method: 'GET',
      path: '/employers/:employerId/contribution-records/corrected',
      title: { zh: '单位缴费更正前的记录', en: 'What months of an employer said before they were corrected' },
      callers: readers,
      params: employerParams,
      answer: z.object({
        items: z.array(
          z.object({
            insurance: z.enum(insurances),
            month: schemaMonth,
            before: z.object({
              headcount: z.int(),
              dueFen: schemaFen,
              paidFen: schemaFen,
              paidOn: schemaDate.nullable(),
            }),
            correctedAt: schemaInstant,
          }),
        ),
      }),
      handle: async (work, { params }) => ({ items: await employerCorrections(work, params.employerId) }),
    }),
    serviceRoute({
      method: 'GET',
      path: '/employers/:employerId/facts',
      title: { zh: '单位参保、缴费与裁员情况', en: 'What the registers know of an employer on a day, about a year' },
      callers: readers,
      params: employerParams,
      query: insuranceQuery.extend({
        on: schemaDate.exactOptional(),
        year: z.coerce.number().int().min(2000).max(2099),
      }),
      answer: z.object({
        entityKind: z.enum(entityKinds).nullable(),
        sizeClass: z.enum(sizeClasses).nullable(),
        monthsPaidInFull: z.int(),
        monthsPaidInFullRunning: z.int(),
        paidInYearFen: schemaFen,
        headcountYearEnd: z.int().nullable(),
        headcountYearBefore: z.int().nullable(),
        headcountLatest: z.int().nullable(),
        layoffs: z.int(),
        layoffRatePpm: z.int(),
      }),
      handle: (work, { params, query: { on = work.today, ...query } }) =>
        getEmployerFacts(work, params.employerId, { ...query, on }),
    }),
    serviceRoute({
      method: 'POST',
      path: '/employers/:employerId/profile',
      title: { zh: '登记单位类型与规模', en: 'Record what kind of body an employer is, and its size, from a day on' },
      callers: ['accept'],
      params: employerParams,
      body: schemaEmployerProfile,
      answer: schemaDone,
      async handle(work, { params, body }) {
        await recordEmployerProfile(work, params.employerId, body)
        return done
      },
    }),
  ]
}

function personRoutes(): ServiceRoute[] {
  return [
    serviceRoute({
      method: 'GET',
      path: '/people/:personId/contribution-records',
      title: { zh: '个人逐月缴费', en: "A person's contributions month by month" },
      callers: ['staff', 'employer', 'person'],
      params: personParams,
      query: insuranceQuery.extend({
        purpose: schemaPurpose,
        from: schemaMonth.exactOptional(),
        to: schemaMonth.exactOptional(),
      }),
      answer: z.object({ items: z.array(schemaPersonMonth) }),
      handle: async (work, { params, query: { purpose, ...query } }) => ({
        items: await contributionsOf(work, params.personId, query, purpose),
      }),
    }),
    serviceRoute({
      method: 'GET',
      path: '/people/:personId/benefits',
      title: { zh: '正在领取和领取过的待遇', en: 'Benefits that a person receives or received' },
      callers: ['staff', 'person'],
      params: personParams,
      query: purposeQuery.extend({ month: schemaMonth.exactOptional() }),
      answer: z.object({
        items: z.array(
          z.object({
            spellId: schemaId,
            kind: z.string(),
            agency: z.string(),
            from: schemaMonth,
            to: schemaMonth.nullable(),
            caseId: schemaId,
          }),
        ),
      }),
      handle: async (work, { params, query: { purpose, ...query } }) => ({
        items: await benefitSpellsOf(work, params.personId, query, purpose),
      }),
    }),
  ]
}

function employmentRoutes(): ServiceRoute[] {
  const reporters = ['employer_officer', 'accept']
  return [
    serviceRoute({
      method: 'GET',
      path: '/end-reasons',
      title: { zh: '终止用工的原因', en: 'Why an employment may end' },
      callers: ['signed_in'],
      answer: z.object({
        items: z.array(
          z.object({
            code: z.string(),
            countsAsLayoff: z.boolean(),
            involuntary: z.boolean(),
            title: schemaBoth,
            source: z.string(),
            assumed: z.boolean(),
          }),
        ),
      }),
      handle: async (work) => ({ items: await listEndReasons(work) }),
    }),
    serviceRoute({
      method: 'GET',
      path: '/people/:personId/employments',
      title: { zh: '用工记录', en: 'Whom a person works and worked for' },
      callers: ['staff', 'employer', 'person'],
      params: personParams,
      query: purposeQuery.extend({ on: schemaDate.exactOptional() }),
      answer: z.object({
        items: z.array(
          z.object({
            employmentId: schemaId,
            employerId: schemaId,
            from: schemaDate,
            to: schemaDate.nullable(),
            endReason: z.string().nullable(),
            involuntary: z.boolean().nullable(),
            occupation: z.string().nullable(),
          }),
        ),
      }),
      handle: async (work, { params, query: { purpose, ...query } }) => ({
        items: await employmentsOf(work, params.personId, query, purpose),
      }),
    }),
    serviceRoute({
      method: 'POST',
      path: '/employments',
      title: { zh: '登记用工', en: 'Record that somebody works for an employer' },
      callers: reporters,
      body: schemaNewEmployment,
      answer: z.object({ employmentId: schemaId }),
      handle: async (work, { body }) => ({ employmentId: await beginEmployment(work, body) }),
    }),
    serviceRoute({
      method: 'POST',
      path: '/employments/:employmentId/post',
      title: { zh: '变更岗位', en: 'Record another occupation in an employment' },
      callers: reporters,
      params: employmentParams,
      body: schemaPostChange.omit({ employmentId: true }),
      answer: schemaDone,
      async handle(work, { params, body }) {
        await changePost(work, { ...params, ...body })
        return done
      },
    }),
    serviceRoute({
      method: 'POST',
      path: '/employments/:employmentId/end',
      title: { zh: '登记终止用工', en: 'Record the last day of an employment and why it ended' },
      callers: reporters,
      params: employmentParams,
      body: schemaEmploymentEnd.omit({ employmentId: true }),
      answer: schemaDone,
      async handle(work, { params, body }) {
        await endEmployment(work, { ...params, ...body })
        return done
      },
    }),
  ]
}

function certificateRoutes(): ServiceRoute[] {
  return [
    serviceRoute({
      method: 'GET',
      path: '/people/:personId/certificates',
      title: { zh: '技能证书', en: "A person's skill certificates" },
      callers: ['staff', 'employer', 'person'],
      params: personParams,
      query: purposeQuery,
      answer: z.object({
        items: z.array(
          z.object({
            certificateId: schemaId,
            number: z.string(),
            kind: z.enum(certificateKinds),
            occupation: z.string(),
            level: z.int(),
            issuedOn: schemaDate,
            issuer: z.string(),
            revokedOn: schemaDate.nullable(),
          }),
        ),
      }),
      handle: async (work, { params, query }) => ({
        items: await certificatesOf(work, params.personId, {}, query.purpose),
      }),
    }),
    serviceRoute({
      method: 'POST',
      path: '/certificates',
      title: { zh: '登记技能证书', en: 'Record a skill certificate' },
      callers: ['accept'],
      body: schemaNewCertificate,
      answer: z.object({ certificateId: schemaId }),
      handle: async (work, { body }) => ({ certificateId: await recordCertificate(work, body) }),
    }),
    serviceRoute({
      method: 'POST',
      path: '/certificates/:certificateId/revoke',
      title: { zh: '撤销技能证书', en: 'Record that a certificate does not hold any more' },
      callers: ['review', 'audit'],
      params: z.object({ certificateId: schemaId }),
      body: z.strictObject({ on: schemaDate, reason: z.string().trim().min(2).max(500) }),
      answer: schemaDone,
      async handle(work, { params, body }) {
        await revokeCertificate(work, { ...params, ...body })
        return done
      },
    }),
  ]
}

/** What the collecting authority reports, all or nothing. */
function importRoutes(): ServiceRoute[] {
  const callers = ['catalogue_admin']
  return [
    serviceRoute({
      method: 'POST',
      path: '/contribution-records/employers',
      title: { zh: '导入单位逐月缴费', en: 'Import months of employers, all or nothing' },
      callers,
      body: z.strictObject({ rows: z.array(schemaEmployerMonth).min(1).max(rowsMax) }),
      answer: schemaRecorded,
      handle: (work, { body }) => recordEmployerContributions(work, body.rows),
    }),
    serviceRoute({
      method: 'POST',
      path: '/contribution-records/people',
      title: { zh: '导入个人逐月缴费', en: 'Import months of persons, all or nothing' },
      callers,
      body: z.strictObject({ rows: z.array(schemaPersonMonth).min(1).max(rowsMax) }),
      answer: schemaRecorded,
      handle: (work, { body }) => recordPersonContributions(work, body.rows),
    }),
  ]
}
