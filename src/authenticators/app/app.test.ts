import { describe } from 'vitest';
import { phoneCodeCases } from '../../../test/conformance/phone-code-cases.ts';
import { mac } from '../../platform.ts';
import { app } from './app.ts';

describe('app', () => {
  phoneCodeCases('MO-4.1', app(mac));
});
