import type { z } from 'zod'
import type { BothLanguages, Work } from '../../ground/door.ts'
import { findRegion } from '../../law/door.ts'
import { type Assignment, getEmployer, getInstitution, listRoles } from '../../people/door.ts'
import type { schemaAssignment } from './shapes.ts'

/** Assignments with the role's title and the name of the body they act for. */
export async function assignmentViews(
  work: Work,
  assignments: readonly Assignment[],
): Promise<Array<z.input<typeof schemaAssignment>>> {
  const titles = new Map((await listRoles(work)).map(({ code, title }) => [code, title]))
  const views: Array<z.input<typeof schemaAssignment>> = []
  for (const assignment of assignments) {
    const roleTitle = titles.get(assignment.role) ?? { zh: assignment.role, en: assignment.role }
    views.push({ ...assignment, roleTitle, bodyName: await bodyName(work, assignment) })
  }
  return views
}

async function bodyName(work: Work, assignment: Assignment): Promise<BothLanguages> {
  switch (assignment.kind) {
    case 'staff':
      return findRegion(assignment.agency)?.name ?? same(assignment.agency)
    case 'institution':
      return same((await getInstitution(work, assignment.institutionId)).name)
    case 'employer':
      return same((await getEmployer(work, assignment.employerId)).name)
  }
}

function same(name: string): BothLanguages {
  return { zh: name, en: name }
}
