/** The Kubernetes manifests against Kubernetes' own schemas, and against each other. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Deployment, StatefulSet } from "kubernetes-models/apps/v1";
import { HorizontalPodAutoscaler } from "kubernetes-models/autoscaling/v2";
import { NetworkPolicy } from "kubernetes-models/networking.k8s.io/v1";
import { PodDisruptionBudget } from "kubernetes-models/policy/v1";
import { Service } from "kubernetes-models/v1";
import { describe, expect, it } from "vitest";
import { parse, parseAllDocuments } from "yaml";
import { parseConfig } from "../../src/config.ts";

const folder = join(import.meta.dirname, "../../deploy/kubernetes");
const { resources, images } = parse(readFileSync(join(folder, "kustomization.yaml"), "utf8"));
const manifests = (resources as string[]).flatMap((name) =>
  parseAllDocuments(readFileSync(join(folder, name), "utf8")).map((document) => {
    expect(document.errors).toEqual([]);
    return { name, ...document.toJS() };
  }),
);
const ofKind = (kind: string) => manifests.filter((manifest) => manifest.kind === kind);
const workloads = [...ofKind("Deployment"), ...ofKind("StatefulSet")];

describe("every manifest", () => {
  it.each(manifests.map((manifest) => [`${manifest.kind} ${manifest.metadata.name}`, manifest]))(
    "%s follows Kubernetes' schema",
    (_, { name, ...manifest }) => {
      const models = { Deployment, StatefulSet, HorizontalPodAutoscaler, NetworkPolicy, PodDisruptionBudget, Service };
      const model = new models[manifest.kind as keyof typeof models](manifest);
      expect(manifest.apiVersion).toBe(model.apiVersion);
      expect(() => model.validate()).not.toThrow();
    },
  );

  it("selects pods that there are", () => {
    const labels = workloads.map(({ spec }) => spec.template.metadata.labels);
    const selectors = [
      ...workloads.map(({ spec }) => spec.selector.matchLabels),
      ...ofKind("Service").map(({ spec }) => spec.selector),
      ...ofKind("PodDisruptionBudget").map(({ spec }) => spec.selector.matchLabels),
      ...ofKind("NetworkPolicy").map(({ spec }) => spec.podSelector.matchLabels),
    ];
    for (const selector of selectors) expect(labels).toContainEqual(expect.objectContaining(selector));
  });

  it("selects the pods of one workload alone, where it stands for one", () => {
    for (const { metadata, spec } of workloads) {
      expect(spec.template.metadata.labels).toEqual(spec.selector.matchLabels);
      const service = ofKind("Service").find((one) => one.metadata.name === metadata.name);
      expect(service?.spec.selector).toEqual(spec.selector.matchLabels);
    }
  });
});

describe.each(workloads.map((workload) => [workload.metadata.name, workload]))("%s", (_, workload) => {
  const pod = workload.spec.template.spec;
  const [container] = pod.containers;
  const portNumber = (name: string) =>
    container.ports.find((port: { name: string }) => port.name === name)?.containerPort;
  const settings: Record<string, string> = Object.fromEntries(
    container.env.map(({ name, value }: { name: string; value?: string }) => [name, value]),
  );

  it("runs as nobody in particular, on a file system that cannot be written", () => {
    expect(pod.securityContext).toMatchObject({
      runAsNonRoot: true,
      runAsUser: 1000,
      seccompProfile: { type: "RuntimeDefault" },
    });
    expect(pod.automountServiceAccountToken).toBe(false);
    expect(container.securityContext).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ["ALL"] },
    });
  });

  it("is probed where health is served", () => {
    expect(portNumber("metrics")).toBe(Number(settings["METRICS_PORT"]));
    expect(container.startupProbe.httpGet).toEqual({ path: "/healthz", port: "metrics" });
    expect(container.livenessProbe.httpGet).toEqual({ path: "/healthz", port: "metrics" });
    expect(container.readinessProbe.httpGet).toEqual({ path: "/readyz", port: "metrics" });
  });

  it("has limits, and an image that is replaced by the operator's", () => {
    expect(container.resources.limits).toMatchObject({ cpu: expect.any(String), memory: expect.any(String) });
    expect(container.resources.requests).toMatchObject({ cpu: expect.any(String), memory: expect.any(String) });
    expect(images.map(({ name }: { name: string }) => name)).toContain(container.image);
  });

  it("takes its secrets from the Secret, and stands in no file", () => {
    for (const { name, value, valueFrom } of container.env) {
      if (!["DISCORD_TOKEN", "DISCORD_PUBLIC_KEY"].includes(name)) continue;
      expect(value).toBeUndefined();
      expect(valueFrom.secretKeyRef).toMatchObject({ name: "wayout", key: name });
    }
  });

  it("has settings that the program takes", () => {
    const secrets = { DISCORD_TOKEN: "token", DISCORD_PUBLIC_KEY: "ab".repeat(32) };
    const given = Object.fromEntries(
      container.env.map(({ name, value }: { name: keyof typeof secrets; value?: string }) => [
        name,
        value ?? secrets[name],
      ]),
    );
    const isEndpoint = workload.kind === "Deployment";
    // Kubernetes calls a pod's host by its name, at whose end its number stands.
    const environment = { HOSTNAME: `${workload.metadata.name}-0`, ...given };
    expect(parseConfig(environment)).toMatchObject({ usesGateway: !isEndpoint, metricsPort: 9464 });
    expect(parseConfig(environment).publicKey !== undefined).toBe(isEndpoint);
  });
});

describe("the endpoint", () => {
  const [deployment] = ofKind("Deployment");
  const [autoscaler] = ofKind("HorizontalPodAutoscaler");

  it("is scaled by the autoscaler, which nothing contradicts", () => {
    expect(autoscaler.spec.scaleTargetRef).toEqual({
      apiVersion: deployment.apiVersion,
      kind: deployment.kind,
      name: deployment.metadata.name,
    });
    expect(deployment.spec).not.toHaveProperty("replicas");
    expect(autoscaler.spec.minReplicas).toBeGreaterThan(1);
  });

  it("finishes what is under way before it is killed", () => {
    const [container] = deployment.spec.template.spec.containers;
    expect(container.lifecycle.preStop.exec.command).toEqual(["node", "--eval", "setTimeout(() => {}, 5000)"]);
    // Five seconds before the signal, five to finish, and some to spare.
    expect(deployment.spec.template.spec.terminationGracePeriodSeconds).toBeGreaterThanOrEqual(15);
  });
});

describe("the shards", () => {
  const [statefulSet] = ofKind("StatefulSet");

  it("are as many as there are processes, each of which takes the one of its number", () => {
    const [container] = statefulSet.spec.template.spec.containers;
    expect(container.env).toContainEqual({ name: "SHARD_COUNT", value: String(statefulSet.spec.replicas) });
    expect(container.env).toContainEqual({ name: "SHARD_LIST", value: "ordinal" });
    expect(ofKind("Service").map(({ metadata }) => metadata.name)).toContain(statefulSet.spec.serviceName);
  });

  it("start one after the other, as Discord wants them to identify", () => {
    expect(statefulSet.spec.podManagementPolicy).toBe("OrderedReady");
  });
});

describe("the network policies", () => {
  it("let in interactions and metrics, and out names and HTTPS, and nothing else", () => {
    const rules = ofKind("NetworkPolicy").flatMap(({ spec }) => [...(spec.ingress ?? []), ...(spec.egress ?? [])]);
    const ports = rules.flatMap((rule) => rule.ports.map(({ port }: { port: number }) => port));
    expect([...new Set(ports)].sort((a, b) => a - b)).toEqual([53, 443, 3000, 9464]);
    for (const rule of rules) expect(rule.from ?? rule.to).not.toHaveLength(0);
  });
});
