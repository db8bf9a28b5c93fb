import { useQueryClient } from '@tanstack/react-query';
import type { Patient } from 'fhir/r4';
import { useEffect } from 'react';
import { useFhir } from '#data/fhir-context.ts';
import { patientQuery } from '#data/queries.ts';
import type { Stored } from '#fhir/types.ts';
import { ErrorBoundary } from '#ui/errors/error-boundary.tsx';
import { AllergiesAwaited } from '../allergy/allergy-line.tsx';
import { BannerFace } from './banner.tsx';
import { bannerModel } from './banner-model.ts';
import styles from '../layout/chart-layout.module.css';

/**
 * Shows the chosen patient's banner over the list in the frame of the click, because the change of
 * page takes a few frames longer. It looks like the banner of the chart.
 *
 * @param props.then called once the banner is on screen
 */
export function Glance({ patient, then }: { patient: Stored<Patient>; then: () => void }) {
  useEffect(() => {
    let task: ReturnType<typeof setTimeout> | undefined;
    // A task after the frame is the first chance to continue without delaying its painting.
    const frame = requestAnimationFrame(() => {
      task = setTimeout(then);
    });
    return () => {
      cancelAnimationFrame(frame);
      clearTimeout(task);
    };
  }, [then]);
  return (
    // If the banner cannot be drawn, the chart reports the error.
    <ErrorBoundary renderError={() => undefined}>
      <Face patient={patient} />
    </ErrorBoundary>
  );
}

function Face({ patient }: { patient: Stored<Patient> }) {
  const fhir = useFhir();
  const cache = useQueryClient();
  const { patient: launched, needPatientBanner } = fhir.session.context;
  if (!needPatientBanner && launched === patient.id) return null;
  const { queryKey } = patientQuery(fhir, patient.id);
  const known = cache.getQueryData(queryKey)?.resource ?? patient;
  return (
    <div className={styles.glance}>
      <BannerFace
        model={bannerModel(known, fhir.client.baseUrl)}
        settled={false}
        allergies={<AllergiesAwaited />}
      />
    </div>
  );
}
