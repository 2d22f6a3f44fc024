// The shared functions as a kernel of their own, for the test that compares them with their twin. Nothing that ships loads it.
export { exp64, log64 } from './exponential';
