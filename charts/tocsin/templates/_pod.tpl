{{/* What every container may do: nothing but run. */}}
{{- define "tocsin.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities: { drop: [ALL] }
{{- end -}}

{{/* As whom every pod runs. */}}
{{- define "tocsin.podSecurity" -}}
runAsNonRoot: true
runAsUser: 65532
runAsGroup: 65532
fsGroup: 65532
fsGroupChangePolicy: OnRootMismatch
seccompProfile: { type: RuntimeDefault }
{{- end -}}

{{/* The container that brings the database up to date. In: root. */}}
{{- define "tocsin.migrationsContainer" -}}
{{- $facts := get (.root.Files.Get "files/services.yaml" | fromYaml) "migrations" -}}
name: migrations
image: {{ include "tocsin.image" (dict "root" .root "service" "migrations") }}
imagePullPolicy: {{ .root.Values.image.pullPolicy }}
env:
  {{- include "tocsin.secretVariables" (dict "root" .root "service" "migrations" "facts" $facts) | nindent 2 }}
securityContext:
  {{- include "tocsin.containerSecurity" . | nindent 2 }}
resources:
  {{- toYaml .root.Values.migrations.resources | nindent 2 }}
volumeMounts:
  - { name: tmp, mountPath: /tmp }
{{- end -}}

{{/* The pod of a service. In: root, service, facts, values. */}}
{{- define "tocsin.pod" -}}
{{- $root := .root -}}
{{- $isStandalone := eq .service "standalone" -}}
automountServiceAccountToken: false
enableServiceLinks: false
{{- with .values.serviceAccountName }}
serviceAccountName: {{ . }}
{{- end }}
{{- with .values.priorityClassName }}
priorityClassName: {{ . }}
{{- end }}
{{- with $root.Values.image.pullSecrets }}
imagePullSecrets:
  {{- range . }}
  - name: {{ . }}
  {{- end }}
{{- end }}
terminationGracePeriodSeconds: {{ .values.terminationGracePeriodSeconds }}
securityContext:
  {{- include "tocsin.podSecurity" . | nindent 2 }}
{{- with .values.nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .values.tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- if not $isStandalone }}
topologySpreadConstraints:
  {{- range list "topology.kubernetes.io/zone" "kubernetes.io/hostname" }}
  - maxSkew: 1
    topologyKey: {{ . }}
    whenUnsatisfiable: ScheduleAnyway
    matchLabelKeys: [pod-template-hash]
    labelSelector:
      matchLabels:
        {{- include "tocsin.selector" $ | nindent 8 }}
  {{- end }}
{{- end }}
{{- if and (eq $root.Values.migrations.mode "initContainer") (not $isStandalone) }}
initContainers:
  - {{- include "tocsin.migrationsContainer" . | nindent 4 }}
{{- end }}
containers:
  - name: {{ .service }}
    image: {{ include "tocsin.image" . }}
    imagePullPolicy: {{ $root.Values.image.pullPolicy }}
    ports:
      - { name: http, containerPort: {{ .facts.port }} }
      - { name: metrics, containerPort: {{ $root.Values.metrics.port }} }
    env:
      {{- include "tocsin.environment" . | nindent 6 }}
    startupProbe:
      httpGet: { path: /healthz, port: http }
      periodSeconds: 2
      failureThreshold: 60
    livenessProbe:
      httpGet: { path: /healthz, port: http }
      periodSeconds: 10
      timeoutSeconds: 5
      failureThreshold: 3
    readinessProbe:
      httpGet: { path: /readyz, port: http }
      periodSeconds: 5
      timeoutSeconds: 4
      failureThreshold: 2
    lifecycle:
      preStop:
        sleep: { seconds: {{ .values.preStopSeconds }} }
    resources:
      {{- toYaml .values.resources | nindent 6 }}
    securityContext:
      {{- include "tocsin.containerSecurity" . | nindent 6 }}
    volumeMounts:
      - { name: tmp, mountPath: /tmp }
      {{- if $isStandalone }}
      - { name: data, mountPath: /data }
      {{- end }}
      {{- range .values.configMaps }}
      - { name: {{ .name }}, mountPath: {{ .mountPath }}, readOnly: true }
      {{- end }}
volumes:
  - name: tmp
    emptyDir: { sizeLimit: 256Mi }
  {{- if $isStandalone }}
  - name: data
    persistentVolumeClaim:
      claimName: {{ $root.Values.standalone.volume.existingClaim | default (printf "%s-data" (include "tocsin.name" $root)) }}
  {{- end }}
  {{- range .values.configMaps }}
  - name: {{ .name }}
    configMap: { name: {{ .name }} }
  {{- end }}
{{- end -}}
