/** Files that esbuild turns into addresses, and styles that it collects into `main.css`. */
declare module "*.svg" {
  const address: string;
  export default address;
}
declare module "*.css";
