// A stylesheet that is imported becomes part of the build.
declare module '*.css';
