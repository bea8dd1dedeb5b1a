// The replies of the rollout's calls, as the contract says.
import type { z } from 'zod';
import type * as cockpit from '../../../contract/schemas/cockpit.ts';
import type * as cutovers from '../../../contract/schemas/cutovers.ts';
import type * as desk from '../../../contract/schemas/desk.ts';
import type * as rollout from '../../../contract/schemas/rollout.ts';

export type CockpitView = z.output<typeof cockpit.Cockpit>;
export type PreviewView = z.output<typeof cockpit.SwitchPreview>;
export type RemindedView = z.output<typeof cockpit.Reminded>;
export type FunnelView = z.output<typeof rollout.Funnel>;
export type RuledCohortView = z.output<typeof rollout.RuledCohort>;
export type SavedCohortView = z.output<typeof rollout.SavedCohort>;
export type RuleView = z.output<typeof rollout.CohortRule>;
export type CaseOpened = z.output<typeof desk.CaseOpened>;
export type CutoverView = z.output<typeof cutovers.Cutover>;
export type ChecksView = z.output<typeof cutovers.CutoverChecks>;
export type FailingView = z.output<typeof cutovers.FailingAccounts>;
export type Effect = keyof PreviewView['effects'];

export const PATH = '/v1/console/rollout';
