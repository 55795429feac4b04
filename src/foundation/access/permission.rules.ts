/** How a person stands to an opened customer, or to an object of his own. */
export type Relation = 'MAIN' | 'ASSIST' | 'SUBSTITUTE' | 'ABSENT' | 'UNIT' | 'ALL' | 'GRANT'
export type Secrecy = 'NORMAL' | 'RESTRICTED' | 'SECRET'

/** One action: which posts may, standing how to the object, in which states of it. */
export type PermissionRow = {
  action: string
  posts: readonly string[]
  /** Absent: the action concerns no single customer. */
  relations?: readonly Relation[]
  secrecy?: Secrecy
  /** States of the object in which the action is possible, and the refusal's name in every other state. */
  states?: { in: readonly string[]; otherwise: string }
}
export type PermissionTable = readonly PermissionRow[]

/** What is known of the object when the question is asked; what is not known is not judged. */
export type ObjectFacts = { relation?: Relation; secrecy?: Secrecy; state?: string }
export type Verdict = { allowed: true; reason: null } | { allowed: false; reason: string }

const yes: Verdict = { allowed: true, reason: null }
const no = (reason: string): Verdict => ({ allowed: false, reason })

/** The verdict of a rule that names its refusal; without one it is yes. */
export const verdictOf = (reason: string | null): Verdict => (reason === null ? yes : no(reason))
/** What the post may do, unless the object refuses it by name: the post's own reason stands first. */
export const unless = (given: Verdict, reason: string | null): Verdict => (given.allowed ? verdictOf(reason) : given)

/**
 * May this post do this? The same function answers the server, the button and the matrix of rights (architecture, section 4).
 * Reasons, most fundamental first: 'not-allowed' (no post of this kind ever may), 'read-only-grant' (opened by grant), 'absent' (somebody stands in for him), 'not-your-customer', the state's own refusal.
 * An action that is not in the table is allowed to nobody.
 */
export function mayDoAction(table: PermissionTable, postCode: string, action: string, object: ObjectFacts = {}): Verdict {
  const row = table.find((candidate) => candidate.action === action)
  if (!row || !row.posts.includes(postCode)) return no('not-allowed')
  if (row.secrecy !== undefined && object.secrecy !== undefined && row.secrecy !== object.secrecy) return no('not-allowed')
  if (row.relations && object.relation !== undefined && !row.relations.includes(object.relation)) return no(object.relation === 'GRANT' ? 'read-only-grant' : object.relation === 'ABSENT' ? 'absent' : 'not-your-customer')
  if (row.states && object.state !== undefined && !row.states.in.includes(object.state)) return no(row.states.otherwise)
  return yes
}

/** Every action that a post may ever do: what the menu and the shell need. */
export function actionsOf(table: PermissionTable, postCode: string): string[] {
  return table.filter((row) => row.posts.includes(postCode)).map((row) => row.action)
}
