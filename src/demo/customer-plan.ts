import { bankPlan, type BankPlan, type ManagerPlace } from './bank-plan.ts'
import { Chance } from './chance.ts'
import { customers, people } from './known-cases.ts'

/** What a customer is like before its life is told: kind, weight, by whom and where. Each follows from its number alone, so that a delivery of any size can be written as it goes. */
export type Weight = 'T1' | 'T2' | 'T3' | 'T4'
export type PlannedCustomer = {
  index: number
  number: string
  kind: 'CORPORATE' | 'PERSON'
  weight: Weight
  outlet: string
  district: string
  /** Null: nobody's customer (公共池). */
  manager: ManagerPlace | null
  /** The assisting manager's number and his share in percent. */
  assisted: { staffNo: string; sharePct: number } | null
  /** Held by somebody before the present manager. */
  formerly: { staffNo: string; until: string } | null
  story: Story | null
}
export type Story = 'withheld-and-returned' | 'withheld' | 'settled-early' | 'long-name' | 'core'

type Cell = { manager: ManagerPlace | null; kind: PlannedCustomer['kind'] }
type Known = { manager: string | null; kind: PlannedCustomer['kind']; weight: Weight; assisted?: PlannedCustomer['assisted']; story?: Story }

const known = new Map<string, Known>([
  [customers.own, { manager: people.manager, kind: 'PERSON', weight: 'T1', story: 'core' }],
  [customers.shared, { manager: people.manager, kind: 'PERSON', weight: 'T1', assisted: { staffNo: people.assistant, sharePct: 40 }, story: 'core' }],
  [customers.notYetContacted, { manager: people.manager, kind: 'PERSON', weight: 'T1', story: 'core' }],
  [customers.withRestrictedText, { manager: people.manager, kind: 'PERSON', weight: 'T1', story: 'core' }],
  [customers.withSecretNote, { manager: people.manager, kind: 'PERSON', weight: 'T2' }],
  [customers.colleagues, { manager: people.colleague, kind: 'PERSON', weight: 'T1', story: 'core' }],
  [customers.granted, { manager: people.otherBranchManager, kind: 'PERSON', weight: 'T1', story: 'core' }],
  [customers.expiredGrant, { manager: people.otherBranchManager, kind: 'PERSON', weight: 'T2' }],
  [customers.otherBranch, { manager: people.otherBranchManager, kind: 'PERSON', weight: 'T1', story: 'core' }],
  [customers.pool, { manager: null, kind: 'PERSON', weight: 'T3' }],
  [customers.longName, { manager: people.corporateManager, kind: 'CORPORATE', weight: 'T2', story: 'long-name' }],
  [customers.sharedCompany, { manager: people.manager, kind: 'CORPORATE', weight: 'T1', assisted: { staffNo: people.corporateManager, sharePct: 50 }, story: 'core' }],
  [customers.withheldAndReturned, { manager: people.manager, kind: 'PERSON', weight: 'T3', story: 'withheld-and-returned' }],
  [customers.withheld, { manager: people.manager, kind: 'PERSON', weight: 'T3', story: 'withheld' }],
  [customers.settledEarly, { manager: people.manager, kind: 'PERSON', weight: 'T3', story: 'settled-early' }],
])
export const knownCount = known.size

// How many customers of each kind a manager has in one turn of the wheel, and how many are nobody's.
const turn = { CORPORATE: { CORPORATE: 20, PERSON: 2 }, PERSON: { CORPORATE: 1, PERSON: 19 }, nobody: { CORPORATE: 26, PERSON: 40 } } as const
const weights = {
  CORPORATE: [['T1', 30], ['T2', 32], ['T3', 26], ['T4', 12]], PERSON: [['T1', 31], ['T2', 33], ['T3', 26], ['T4', 10]], nobody: [['T2', 4], ['T3', 36], ['T4', 60]],
} as const satisfies Record<string, readonly (readonly [Weight, number])[]>

let wheel: readonly Cell[] | undefined

function makeWheel(plan: BankPlan): readonly Cell[] {
  const cells: Cell[] = []
  const put = (manager: ManagerPlace | null, counts: Readonly<Record<PlannedCustomer['kind'], number>>): void => {
    for (const kind of ['CORPORATE', 'PERSON'] as const) for (let count = 0; count < counts[kind]; count++) cells.push({ manager, kind })
  }
  for (const manager of plan.managers) put(manager, turn[manager.segment])
  put(null, turn.nobody)
  const chance = new Chance('demo', 'wheel')
  for (let place = cells.length - 1; place > 0; place--) {
    const other = chance.whole(0, place)
    const [here, there] = [cells[place], cells[other]]
    if (here && there) [cells[place], cells[other]] = [there, here]
  }
  return cells
}

/** The customer with this running number, from 1. */
export function plannedCustomer(index: number): PlannedCustomer {
  const plan = bankPlan()
  const digits = String(index).padStart(8, '0')
  const told = known.get(`10${digits}`) ?? known.get(`20${digits}`)
  const chance = new Chance('demo', 'plan', index)
  wheel ??= makeWheel(plan)
  const cell = told ? { manager: plan.managers.find(({ staffNo }) => staffNo === told.manager) ?? null, kind: told.kind } : wheel[index % wheel.length]
  if (!cell) throw new Error('the wheel is empty')
  const { manager, kind } = cell
  const outlet = plan.outlets.find(({ code }) => code === manager?.outlet) ?? chance.pick(plan.outlets)
  const weight = told?.weight ?? chance.weighted<Weight>(manager ? weights[kind] : weights.nobody)
  return {
    index, number: `${kind === 'PERSON' ? '10' : '20'}${digits}`, kind, weight, outlet: outlet.code, district: outlet.district ?? '140105', manager,
    assisted: told ? (told.assisted ?? null) : assistance(plan, manager, weight, chance), formerly: told ? null : formerManager(manager, chance), story: told?.story ?? null,
  }
}

/** One in fifteen of the larger customers is shared with another manager of the same branch. */
function assistance(plan: BankPlan, manager: ManagerPlace | null, weight: Weight, chance: Chance): PlannedCustomer['assisted'] {
  if (!manager || (weight !== 'T1' && weight !== 'T2') || !chance.hits(0.066)) return null
  const others = plan.managers.filter(({ staffNo, outlet }) => staffNo !== manager.staffNo && outlet.slice(0, 3) === manager.outlet.slice(0, 3) && staffNo !== people.transferred)
  return { staffNo: chance.pick(others).staffNo, sharePct: chance.pick([20, 30, 40, 50]) }
}

/** Hand-overs: what the leaver, and the one who went to another outlet, had before; and what the newcomer found. */
function formerManager(manager: ManagerPlace | null, chance: Chance): PlannedCustomer['formerly'] {
  if (!manager) return null
  if (manager.staffNo === people.assistant && chance.hits(0.6)) return { staffNo: people.left, until: '2026-07-01' }
  if (manager.staffNo === people.transferred) return { staffNo: people.corporateManager, until: '2026-03-01' }
  if (manager.outlet === '142102' && chance.hits(0.3)) return { staffNo: people.transferred, until: '2026-03-01' }
  return null
}
