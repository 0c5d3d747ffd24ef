# Built from the checkout alone:  docker build -t moncampus-ecal .
# amd64 and arm64. The program is the same bytes for both, so it is compiled on the builder's own processor.
# 17 and newer run the program; from 25 on the JVM keeps more ready than classes (docker/train.sh).
ARG JAVA=21
FROM --platform=$BUILDPLATFORM maven:3-eclipse-temurin-21 AS build
WORKDIR /build
# lib/ comes of the POM alone. SQLite's native code is loaded from files (class NativeLibrary); that for other systems and processors than the image's weighs 11 MB. Caches keep Maven's downloads.
COPY pom.xml ./
ARG TARGETARCH
RUN --mount=type=cache,target=/root/.m2 mvn -B -ntp -q dependency:copy-dependencies -DincludeScope=runtime -DoutputDirectory=lib \
    && mkdir sqlite && cd sqlite && jar xf ../lib/sqlite-jdbc-*.jar \
    && case "$TARGETARCH" in arm64) processor=aarch64 ;; *) processor=x86_64 ;; esac \
    && mkdir -p ../lib/org/sqlite/native/Linux && mv "org/sqlite/native/Linux/$processor" ../lib/org/sqlite/native/Linux/ \
    && rm -r org/sqlite/native && jar cfm ../lib/sqlite-jdbc-*.jar META-INF/MANIFEST.MF org META-INF
COPY routes routes
COPY src src
RUN --mount=type=cache,target=/root/.m2 mvn -B -ntp -q package -Dmaven.test.skip=true

FROM eclipse-temurin:${JAVA}-jre
# whoever runs in it may write beside the program, for example /app/errors_config1.txt, but not change the program
RUN mkdir -p /app/configs /app/data && chmod 1777 /app /app/data && chown 10001:10001 /app/data
WORKDIR /app
# what changes least comes first: a change of the code rebuilds the jar's small layer, and what the JVM keeps ready for it; nothing is downloaded
COPY docker docker
COPY --from=build /build/lib lib
COPY --from=build /build/target/moncampus-ecal/routes routes
COPY --from=build /build/target/moncampus-ecal/moncampus-ecal.jar /build/target/moncampus-ecal/moncampus-ecal-sandbox.jar ./
# the JVM keeps what a run needs ready, for this JRE, lib/ and jar; without it the program starts as well, only slower
RUN MANAGEMENT_PORT=8080 PAGE_PORT=8046 bash docker/train.sh /app/moncampus-ecal run java @docker/java.options >/tmp/option \
    && cat /tmp/option >>docker/java.options && rm -rf /tmp/*
ENV CONFIGS_DIR=/app/configs ROUTES_DIR=/app/routes DATA_DIR=/app/data MANAGEMENT_HOST=127.0.0.1 MANAGEMENT_PORT=8080 PAGE_PORT=0 CAMEL_CLI=false MALLOC_ARENA_MAX=2
USER 10001:10001
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s --retries=2 CMD ["bash", "/app/docker/health.sh"]
ENTRYPOINT ["java", "@/app/docker/java.options", "-jar", "/app/moncampus-ecal.jar"]
CMD ["run"]
