import type { Services } from '../../src/foundation/http/route.ts'

/** One statement as it really ran: in whose role, what it was, and the plan that was carried out (statements inside of functions too). */
export type PlanNode = {
  'Node Type': string; 'Relation Name'?: string; 'Index Name'?: string; 'Join Type'?: string; 'Parent Relationship'?: string; 'Subplan Name'?: string; Strategy?: string
  'Actual Rows'?: number; 'Actual Loops'?: number; 'Rows Removed by Filter'?: number; Plans?: PlanNode[]
}
export type RanStatement = { text: string; plan: PlanNode }

/**
 * Lets the database tell the plan of every statement that runs from now on (auto_explain, which comes with PostgreSQL). The statements are the product's own, run by
 * its own handlers as the request's role: nothing is copied. `during` collects those of one piece of work.
 */
export async function tellPlans(services: Services): Promise<{ during(work: () => Promise<void>): Promise<RanStatement[]> }> {
  const owner = await services.db.connectOwner()
  const { rows: [at] } = await owner.query('SELECT current_database() AS name')
  for (const [name, value] of Object.entries({
    session_preload_libraries: 'auto_explain', 'auto_explain.log_min_duration': '0', 'auto_explain.log_analyze': 'on', 'auto_explain.log_timing': 'off', 'auto_explain.log_nested_statements': 'on', 'auto_explain.log_format': 'json', 'auto_explain.log_level': 'notice',
  })) await owner.query(`ALTER DATABASE ${at.name} SET ${name} = '${value}'`)
  let heard: RanStatement[] = []
  services.db.pool.on('connect', (client) => {
    client.on('notice', ({ message }) => {
      const at = message?.indexOf('plan:\n') ?? -1
      if (message === undefined || at < 0) return
      const told = JSON.parse(message.slice(at + 6)) as { 'Query Text': string; Plan: PlanNode }
      heard.push({ text: told['Query Text'], plan: told.Plan })
    })
  })
  // the settings hold for new connections: those that wait in the pool go
  await owner.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()')
  await owner.end()
  await new Promise((resolve) => setTimeout(resolve, 200))
  return {
    async during(work) {
      heard = []
      await work()
      return heard
    },
  }
}

/** The shape of a plan: its nodes with tables and indexes, one a line, without costs and times. */
export function shapeOf(node: PlanNode, depth = 0): string {
  const words = [node['Node Type']]
  if (node['Join Type'] !== undefined && node['Join Type'] !== 'Inner') words.push(`(${node['Join Type'].toLowerCase()})`)
  if (node['Index Name'] !== undefined) words.push(node['Index Name'])
  if (node['Relation Name'] !== undefined) words.push(`on ${node['Relation Name']}`)
  if (node['Parent Relationship'] === 'InitPlan' || node['Parent Relationship'] === 'SubPlan') words.unshift(`[${node['Parent Relationship']}]`)
  return [`${'  '.repeat(depth)}${words.join(' ')}`, ...(node.Plans ?? []).map((child) => shapeOf(child, depth + 1))].join('\n')
}

/** Every node of a plan. */
export function nodesOf(node: PlanNode): PlanNode[] {
  return [node, ...(node.Plans ?? []).flatMap(nodesOf)]
}

/** How many rows a node took up, kept or not, over all its rounds. */
export function rowsRead(node: PlanNode): number {
  return ((node['Actual Rows'] ?? 0) + (node['Rows Removed by Filter'] ?? 0)) * (node['Actual Loops'] ?? 1)
}
